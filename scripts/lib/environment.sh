# shellcheck shell=bash
# Finds a Python that runs, and keeps virtual environments that match their requirement files.
# Sourced by the launchers beside it.

project_root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Some machines set it. Inherited here it would leave every import uncompiled, cold starts included.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }

# Prints the path of a Python of version 3.11 or later, or of exactly X.Y.
find_python() {
  local wanted=${1-} candidate found
  while IFS= read -r candidate; do
    # Run, not looked up: a version manager's shim is on PATH and fails; a Debian python may lack venv.
    if found=$("$candidate" -I -c '
import ensurepip, sys, venv
version = "%d.%d" % sys.version_info[:2]
sys.exit(sys.version_info < (3, 11) or sys.argv[1] not in ("", version) or print(sys.executable))
' "$wanted" 2>/dev/null); then
      printf '%s\n' "$found"
      return
    fi
  done < <(python_candidates "$wanted")
  say "No Python ${wanted:-3.11 or later} with venv found: tried python3.13, python3.12, python3.11," \
    "python3 and python on PATH, and ${PYENV_ROOT:-$HOME/.pyenv}/versions."
  return 1
}

python_candidates() {
  local wanted=$1 installed
  [[ -z $wanted ]] || printf 'python%s\n' "$wanted"
  printf '%s\n' python3.13 python3.12 python3.11 python3 python
  for installed in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3; do
    printf '%s\n' "$installed"
  done | sort --version-sort --reverse
}

# environment NAME [X.Y] REQUIREMENT_FILE...
# Prints the python of .environments/NAME-X.Y, installed first where it is missing or out of date.
# The files are named from the project's root.
environment() {
  local name=$1 wanted='' base version place stamp
  shift
  if [[ $1 =~ ^3\.[0-9]+$ ]]; then
    wanted=$1
    shift
  fi
  base=$(find_python "$wanted") || return
  version=$("$base" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])') || return
  place=$project_root/.environments/$name-$version
  stamp=$(requirements_stamp "$base" "$place" "$@") || return
  if [[ $(installed_stamp "$place") != "$stamp" ]]; then
    mkdir -p "$project_root/.environments" || return
    install_environment "$name" "$base" "$place" "$stamp" "$@" 9>"$place.lock" || return
  fi
  printf '%s\n' "$place/bin/python"
}

# Changes with the interpreter, the place (a moved environment is broken) and the files.
requirements_stamp() {
  local base=$1 place=$2
  shift 2
  (cd -- "$project_root" && "$base" -I -c '
import hashlib, pathlib, sys
parts = [sys.version, *sys.argv[1:], *(pathlib.Path(file).read_text() for file in sys.argv[3:])]
print(hashlib.sha256("\0".join(parts).encode()).hexdigest())
' "$base" "$place" "$@")
}

installed_stamp() { cat -- "$1/installed" 2>/dev/null || true; }

# Expects its lock on descriptor 9, which it shares with every process that it starts.
install_environment() {
  local name=$1 base=$2 place=$3 stamp=$4 why='first run, about a minute'
  local file log=$3.log requirements=()
  shift 4
  wait_for_lock "$base" "the $name environment" || return
  # Whoever held the lock may have installed it.
  if [[ $(installed_stamp "$place") == "$stamp" ]]; then
    return
  fi
  if [[ -e $place/installed ]]; then
    why='it was out of date, about a minute'
  elif [[ -e $place ]]; then
    why='its last install did not finish, about a minute'
  fi
  say "installing the $name environment ($why) ..."
  for file in "$@"; do requirements+=(-r "$project_root/$file"); done
  # The stamp goes first and comes last: without it the next call starts over.
  if ! { rm -f -- "$place/installed" && rm -rf -- "$place" &&
    "$base" -I -m venv "$place" &&
    "$place/bin/python" -m pip install --quiet --progress-bar off \
      --disable-pip-version-check --no-input "${requirements[@]}" &&
    printf '%s\n' "$stamp" >"$place/installed"; } >"$log" 2>&1; then
    tail -n 20 -- "$log" | cut -c -400 >&2
    say "Could not install $* into $place with $base: the end of the log is above, all of it in $log."
    return 1
  fi
}

# clients DIRECTORY
# Prints the node_modules of DIRECTORY, installed first where they are not those of its package-lock.json.
clients() {
  local place=$project_root/$1 base
  if ! clients_installed "$place"; then
    base=$(find_python) || return
    mkdir -p "$project_root/.environments" || return
    install_clients "$1" "$base" "$place" 9>"$project_root/.environments/clients.lock" || return
  fi
  printf '%s\n' "$place/node_modules"
}

clients_installed() { cmp -s -- "$1/package-lock.json" "$1/node_modules/installed"; }

install_clients() {
  local name=$1 base=$2 place=$3 log=$project_root/.environments/clients.log
  wait_for_lock "$base" "the node packages of $name" || return
  if clients_installed "$place"; then
    return
  fi
  say "installing the node packages of $name (a few seconds) ..."
  # No install scripts: they fetch a Java runtime or a browser, from outside of the registry.
  if ! { npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund &&
    cp -- "$place/package-lock.json" "$place/node_modules/installed"; } >"$log" 2>&1; then
    tail -n 20 -- "$log" | cut -c -400 >&2
    say "Could not install the packages of $place/package-lock.json: the end of the log is above, all of it in $log."
    return 1
  fi
}

# Waits for the exclusive lock on descriptor 9, held until every process that inherits it has ended.
# Python, because not every system has the flock command.
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
# Becomes scripts/commands/COMMAND.py in the serve environment, in the caller's directory.
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
  # -P: a `scripts` package in the caller's directory must not stand before ours.
  PYTHONPATH=$project_root exec "$python" -P -m "$module" "$@"
}
