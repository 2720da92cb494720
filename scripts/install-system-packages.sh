#!/usr/bin/env bash
# Installs what the tests need from Debian and what is missing of it: a browser, a Chinese font, PDF tools, the library
# that makes fingerprints of recordings, and Java, on which Spark runs.
# 'make audit' needs none of it.
set -euo pipefail

packages=(chromium fonts-noto-cjk libchromaprint1 openjdk-17-jre-headless poppler-utils)

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update --quiet=2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
