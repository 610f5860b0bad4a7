#!/bin/sh
# Sets everything up and prints the whole program:   sh setup.sh
# Asks before it uses root. With --yes it does not ask. With --no-build it stops before printing.
set -eu
cd "$(dirname "$0")"

yes=no
build=yes
for word in "$@"; do
    case $word in
        --yes) yes=yes ;;
        --no-build) build=no ;;
        *) echo "setup.sh knows --yes and --no-build, not $word" >&2; exit 2 ;;
    esac
done

say() { printf '%s\n' "$*"; }

# System libraries. WeasyPrint needs Pango; libharfbuzz-subset0 makes its PDFs quick to write; the
# tests read PDFs with poppler-utils.
if command -v apt-get >/dev/null 2>&1; then
    missing=
    for package in python3 python3-venv make poppler-utils libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        root=
        [ "$(id -u)" = 0 ] || root='sudo '
        # shellcheck disable=SC2089
        command="${root}apt-get update && ${root}apt-get install -y --no-install-recommends$missing"
        say "These packages are missing:$missing" "This installs them:" "    $command"
        if [ $yes = no ]; then
            if [ ! -t 0 ]; then
                say "Run that command, then run setup.sh again (or run: sh setup.sh --yes)."
                exit 5
            fi
            printf 'Run it now? [y/N] '
            read -r answer
            case $answer in [yY]*) ;; *) say "Nothing was changed."; exit 5 ;; esac
        fi
        DEBIAN_FRONTEND=noninteractive sh -c "$command"
    fi
elif [ "$(uname)" = Darwin ]; then
    if ! command -v brew >/dev/null 2>&1 || ! brew list pango >/dev/null 2>&1; then
        say "Install Python and Pango, then run this again:" "    brew install python pango"
        exit 5
    fi
else
    say "This system is not one that setup.sh knows. It needs Python 3.11 or newer, Pango and HarfBuzz"
    say "(on Fedora: sudo dnf install python3 pango harfbuzz make). Going on in the hope that they are there."
fi

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v $name >/dev/null 2>&1 &&
        $name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        $name -c 'import ensurepip, venv' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    say "No Python of version 3.11 or newer with venv was found."
    exit 5
fi

[ -x .venv/bin/python ] || $python -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt

[ $build = no ] || .venv/bin/python build_handouts.py build
