# shellcheck shell=bash
# Functions for the launchers, which source this file: find a Python, and keep virtual environments
# up to date with their requirement files.

project_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Some machines set this. It would leave modules uncompiled, and slow down every start.
unset PYTHONDONTWRITEBYTECODE
# pip, npm and the AWS SDK each have a variable of their own for what SSL_CERT_FILE says.
if [[ -f ${SSL_CERT_FILE-} && -r $SSL_CERT_FILE ]]; then
  export PIP_CERT=${PIP_CERT:-$SSL_CERT_FILE} AWS_CA_BUNDLE=${AWS_CA_BUNDLE:-$SSL_CERT_FILE}
  export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$SSL_CERT_FILE}
fi

say() { printf '%s\n' "$*" >&2; }

# Prints the path of a Python of version 3.11 or later, or of exactly X.Y.
find_python() {
  local wanted=${1-} candidate found
  while IFS= read -r candidate; do
    # Run it: a version manager's shim is on PATH and fails, and a Debian python may lack venv.
    if found=$("$candidate" -I -c '
import ensurepip, sys, venv
version = "%d.%d" % sys.version_info[:2]
sys.exit(sys.version_info < (3, 11) or sys.argv[1] not in ("", version) or print(sys.executable))
' "$wanted" 2>/dev/null); then
      printf '%s\n' "$found"
      return
    fi
  done < <(python_candidates "$wanted")
  say "No Python ${wanted:-3.11 or later} with venv found: tried python3.13, python3.14, python3.12," \
    "python3.11, python3 and python on PATH, and ${PYENV_ROOT:-$HOME/.pyenv}/versions." \
    "On Debian and Ubuntu, the package python3-venv has venv."
  return 1
}

python_candidates() {
  local wanted=$1 installed
  [[ -z $wanted ]] || printf 'python%s\n' "$wanted"
  # First the version that Lambda runs.
  printf '%s\n' python3.13 python3.14 python3.12 python3.11 python3 python
  for installed in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
    printf '%s\n' "$installed"
  done | sort --version-sort --reverse
}

# environment NAME [X.Y] REQUIREMENT_FILE...
# Prints the path of the python in .environments/NAME-X.Y, and first installs the environment if it
# is missing or out of date. The requirement files are relative to the project root.
environment() {
  local name=$1 wanted='' base version folder stamp
  shift
  if [[ $1 =~ ^3\.[0-9]+$ ]]; then
    wanted=$1
    shift
  fi
  base=$(find_python "$wanted") || return
  version=$("$base" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])') || return
  folder=$project_root/.environments/$name-$version
  stamp=$(requirements_stamp "$base" "$folder" "$@") || return
  if [[ $(installed_stamp "$folder") != "$stamp" ]]; then
    mkdir -p "$project_root/.environments" || return
    install_environment "$name" "$base" "$folder" "$stamp" "$@" 9>"$folder.lock" || return
  fi
  printf '%s\n' "$folder/bin/python"
}

# Changes with the interpreter, the location (a moved environment is broken) and the files.
requirements_stamp() {
  local base=$1 folder=$2
  shift 2
  (cd -- "$project_root" && "$base" -I -c '
import hashlib, pathlib, sys
parts = [sys.version, *sys.argv[1:], *(pathlib.Path(file).read_text() for file in sys.argv[3:])]
print(hashlib.sha256("\0".join(parts).encode()).hexdigest())
' "$base" "$folder" "$@")
}

installed_stamp() { cat -- "$1/installed" 2>/dev/null || true; }

# Expects an open lock file on descriptor 9, which every process that it starts inherits.
install_environment() {
  local name=$1 base=$2 folder=$3 stamp=$4 why='first run, about a minute'
  local file log=$3.log requirements=()
  shift 4
  wait_for_lock "$base" "the $name environment" || return
  # The process that held the lock may have installed it.
  if [[ $(installed_stamp "$folder") == "$stamp" ]]; then
    return
  fi
  if [[ -e $folder/installed ]]; then
    why='it was out of date, about a minute'
  elif [[ -e $folder ]]; then
    why='its last install did not finish, about a minute'
  fi
  say "installing the $name environment ($why) ..."
  for file in "$@"; do requirements+=(-r "$project_root/$file"); done
  # Remove the stamp first and write it last: without it, the next call installs again.
  if ! { rm -f -- "$folder/installed" && rm -rf -- "$folder" &&
    "$base" -I -m venv "$folder" &&
    "$folder/bin/python" -m pip install --quiet --progress-bar off \
      --disable-pip-version-check --no-input "${requirements[@]}" &&
    printf '%s\n' "$stamp" >"$folder/installed"; } >"$log" 2>&1; then
    tail -n 20 -- "$log" | cut -c -400 >&2
    say "Could not install $* into $folder with $base: see the end of the log above, or $log."
    return 1
  fi
}

# clients DIRECTORY
# Prints the path of DIRECTORY/node_modules, and first installs it if it does not match package-lock.json.
clients() {
  local folder=$project_root/$1 base
  if ! clients_installed "$folder"; then
    base=$(find_python) || return
    mkdir -p "$project_root/.environments" || return
    install_clients "$1" "$base" "$folder" 9>"$project_root/.environments/clients.lock" || return
  fi
  printf '%s\n' "$folder/node_modules"
}

clients_installed() { cmp -s -- "$1/package-lock.json" "$1/node_modules/installed"; }

install_clients() {
  local name=$1 base=$2 folder=$3 log=$project_root/.environments/clients.log
  wait_for_lock "$base" "the node packages of $name" || return
  if clients_installed "$folder"; then
    return
  fi
  say "installing the node packages of $name (a few seconds) ..."
  # No install scripts: they download a Java runtime or a browser.
  if ! { npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund &&
    cp -- "$folder/package-lock.json" "$folder/node_modules/installed"; } >"$log" 2>&1; then
    tail -n 20 -- "$log" | cut -c -400 >&2
    say "Could not install the packages of $folder/package-lock.json: see the end of the log above, or $log."
    return 1
  fi
}

# Waits for the exclusive lock on descriptor 9, held until every process that inherits it has ended.
# In Python, because not every system has the flock command.
wait_for_lock() {
  "$1" -I -c '
import fcntl, sys
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print(f"waiting for another process that installs {sys.argv[1]} ...", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)
' "$2"
}

# run_command COMMAND [ARGUMENT...]
# Replaces the shell with scripts/commands/COMMAND.py, in the serve environment and the caller's directory.
run_command() {
  local command=$1 python
  shift
  python=$(environment serve requirements.txt scripts/requirements.txt) || exit
  run_module "$python" "scripts.commands.$command" "$@"
}

# run_module PYTHON MODULE [ARGUMENT...]
run_module() {
  local python=$1 module=$2
  shift 2
  # A character that the output's encoding lacks is written as an escape, instead of a traceback.
  export PYTHONIOENCODING="${PYTHONIOENCODING-}"
  PYTHONIOENCODING=${PYTHONIOENCODING%%:*}:backslashreplace
  # -P: do not import a `scripts` package in the caller's directory.
  PYTHONPATH=$project_root exec "$python" -P -m "$module" "$@"
}
