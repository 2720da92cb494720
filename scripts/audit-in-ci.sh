#!/usr/bin/env bash
# Audit $MANIFEST by the packs in $PACKS, write what continuous integration reads, and fail on the verdicts in $FAIL_ON.
#
# Outputs go to $GITHUB_OUTPUT and the summary to $GITHUB_STEP_SUMMARY where these are set: action.yml and the GitLab
# template call it.
set -euo pipefail

: "${MANIFEST:?names the manifest or dataset folder}"
store=${STORE:-.corpus-audit}
folder=${REPORT:-corpus-audit-report}

packs=()
for pack in ${PACKS:-baseline}; do packs+=(--pack "$pack"); done

code=0
printed=$(corpus-audit audit "$MANIFEST" --store "$store" "${packs[@]}") || code=$?
printf '%s\n' "$printed"
report=$(sed -n 's/^Report: //p' <<< "$printed")
if [ -z "$report" ]; then
    echo "corpus-audit ended with $code and without a report." >&2
    exit "$((code > 0 ? code : 1))"
fi
audit=$(basename "$(dirname "$(dirname "$report")")")

mkdir -p "$folder"
cp -R "$(dirname "$report")/." "$folder"
corpus-audit export "$audit" --store "$store" --output "$folder" --to sarif --to junit --to badge
verdict=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["verdict"])' \
    "$store/audits/$audit/conclude/verdict.json")

{
    echo "verdict=$verdict"
    echo "sarif=$folder/findings.sarif"
    echo "report=$folder"
} >> "${GITHUB_OUTPUT:-/dev/null}"
cat "$folder/report.md" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"

for failing in ${FAIL_ON:-fail incomplete}; do
    if [ "$failing" = "$verdict" ]; then
        echo "The verdict is $verdict." >&2
        exit 1
    fi
done
