#!/usr/bin/env bash
# Install the Debian packages that tests need and this machine lacks: a browser, its font for Chinese and what the program
# that drives it is linked with, the library that makes fingerprints of recordings, OpenSSL's timestamp authority,
# valgrind, which counts instructions, and Java, on which Spark runs. `make test` calls it; `make audit` needs none.
#
# Without root it installs nothing and exits with 0: tests that need a missing package are skipped and say so.
# With --missing it prints the missing packages, one a line, and does nothing else.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"

# Each package beside the command that succeeds once what it brings is there, from Debian or from elsewhere.
probes=(
    'chromium              command -v chromium'
    'fonts-noto-cjk        fc-list :lang=zh family | grep .'
    'libatomic1            ldconfig -p | grep libatomic\.so\.1'
    'libchromaprint1       ldconfig -p | grep libchromaprint\.so\.1'
    'openssl               command -v openssl'
    'valgrind              command -v valgrind'
    'default-jre-headless  command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java"'
)

missing=()
for line in "${probes[@]}"; do
    read -r package probe <<< "$line"
    (eval "$probe") > /dev/null 2>&1 || missing+=("$package")
done

if [ "${1:-}" = --missing ]; then
    [ "${#missing[@]}" -eq 0 ] || printf '%s\n' "${missing[@]}"
    exit 0
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo --non-interactive)
    if ! "${as_root[@]}" true 2> /dev/null; then
        echo "Not root, so tests that need these are skipped: ${missing[*]}" >&2
        echo "To install them: sudo apt-get install ${missing[*]}" >&2
        exit 0
    fi
fi

echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet=2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
