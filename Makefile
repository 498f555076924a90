# Builds the artifact that AWS SAM uploads. SAM runs build-<function> with ARTIFACTS_DIR in the
# environment, here or in a copy of this folder. No Docker needed: all packages have wheels.

# The platforms of the wheels, as pip names them, preferred first. Lambda's Python has glibc 2.34.
PLATFORM := manylinux_2_28_aarch64 manylinux2014_aarch64
PYTHON_VERSION := 3.13

# Where Lambda unpacks the artifact: the paths in tracebacks.
TASK_ROOT := /var/task

# The first interpreter in $(1) that runs the statement $(2) without an error. It has to run: a
# version manager's shim on PATH can fail.
first_that_runs = $(shell for python in $(1); do \
	"$$python" -c '$(2)' >/dev/null 2>&1 && { echo "$$python"; break; }; done)

PYTHONS := python$(PYTHON_VERSION) python3 python \
	$(wildcard $(HOME)/.pyenv/versions/$(PYTHON_VERSION).*/bin/python)
IS_RECENT := import pip, sys; assert sys.version_info >= (3, 11)
HAS_VERSION := import sys; assert "%d.%d" % sys.version_info[:2] == "$(PYTHON_VERSION)"

INSTALLER = $(or $(call first_that_runs,$(PYTHONS),$(IS_RECENT)),\
	$(error no Python 3.11 or later with pip found to fetch the packages; tried $(PYTHONS)))
COMPILER = $(call first_that_runs,$(PYTHONS),$(HAS_VERSION))

.PHONY: build-RenderFunction build-RefreshFunction

# One artifact for both functions: template.yaml names the entry point of each.
build-RenderFunction build-RefreshFunction:
	$(if $(ARTIFACTS_DIR),,$(error ARTIFACTS_DIR is not set: run sam build))
	cp -R handler templates "$(ARTIFACTS_DIR)"
	$(write_version)
	$(install_packages)
	$(remove_unused_files)
	$(write_drawing_digest)
	$(compile_templates)
	$(if $(COMPILER),$(compile_code),$(warn))
	chmod -R u=rwX,go=rX "$(ARTIFACTS_DIR)"

# Every file that is downloaded has a hash in requirements.txt. Packages of fonts are not installed:
# only their fonts are taken out of them.
wheels = $(ARTIFACTS_DIR)/.wheels
define install_packages
rm -rf "$(wheels)"
"$(INSTALLER)" -m pip download --quiet --require-hashes --dest "$(wheels)" \
	$(addprefix --platform ,$(PLATFORM)) --implementation cp \
	--python-version $(PYTHON_VERSION) --only-binary=:all: --requirement requirements.txt
PYTHONPATH="$(ARTIFACTS_DIR)" PYTHONDONTWRITEBYTECODE=1 "$(INSTALLER)" -P -c \
	'import sys; from pathlib import Path; from handler.web.cards.font_packages import \
	extract_fonts; extract_fonts(*map(Path, sys.argv[1:]))' "$(wheels)" "$(ARTIFACTS_DIR)"
"$(INSTALLER)" -m pip install --quiet --no-warn-conflicts --no-compile --no-index --no-deps \
	--target "$(ARTIFACTS_DIR)" $(addprefix --platform ,$(PLATFORM)) --implementation cp \
	--python-version $(PYTHON_VERSION) --only-binary=:all: "$(wheels)"/*.whl
rm -rf "$(wheels)"
endef

# What /healthz says. The commit only where git knows it: a downloaded archive has no .git.
define write_version
version=$$(sed -n 's/^version = "\(.*\)"$$/\1/p' pyproject.toml 2>/dev/null); \
commit=$$(test -e .git && git rev-parse --short=12 HEAD 2>/dev/null); \
echo "$${version:-unknown}$${commit:++$$commit}" > "$(ARTIFACTS_DIR)/handler/version.txt"
endef

# Commands and tests of packages; pip's notes on an install, which name its folder and interpreter
# and would make every build different; botocore's data of AWS services other than S3 and SSM; and
# bytecode of other Pythons.
define remove_unused_files
rm -rf "$(ARTIFACTS_DIR)"/bin "$(ARTIFACTS_DIR)"/*/tests
cd "$(ARTIFACTS_DIR)" && rm -f *.dist-info/RECORD *.dist-info/INSTALLER *.dist-info/REQUESTED \
	*.dist-info/direct_url.json
if test -d "$(ARTIFACTS_DIR)/botocore/data"; then find "$(ARTIFACTS_DIR)/botocore/data" \
	-mindepth 1 -maxdepth 1 -type d ! -name s3 ! -name ssm -exec rm -rf {} +; fi
find "$(ARTIFACTS_DIR)" -type d -name __pycache__ -prune -exec rm -rf {} +
endef

# Lambda's file system is read-only: modules that are not compiled here would be compiled at every
# cold start. Unchecked hashes, because file dates change on the way to Lambda.
compile_code = "$(COMPILER)" -m compileall -q -j 0 --invalidation-mode unchecked-hash \
	-s "$(ARTIFACTS_DIR)" -p $(TASK_ROOT) "$(ARTIFACTS_DIR)"

# What the hash in a card's URL covers besides its content, from the code and the fonts of the artifact.
define write_drawing_digest
PYTHONPATH="$(ARTIFACTS_DIR)" PYTHONDONTWRITEBYTECODE=1 "$(INSTALLER)" -P -c \
	'import sys; from pathlib import Path; from handler.web.cards.drawing_sources import \
	write_drawing_digest; write_drawing_digest(Path(sys.argv[1]))' "$(ARTIFACTS_DIR)/handler"
endef

# With the packages in the artifact. MarkupSafe falls back to Python if it was compiled for another
# platform. What only the compiler needs is not deployed.
define compile_templates
PYTHONPATH="$(ARTIFACTS_DIR)" PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 \
	"$(INSTALLER)" -P -c 'import sys; from pathlib import Path; \
	from handler.web.rendering.compiler import compile_templates; compile_templates(Path(sys.argv[1]))' \
	"$(ARTIFACTS_DIR)/templates"
cd "$(ARTIFACTS_DIR)" && rm -rf templates/pages templates/partials templates/files \
	jinja2 jinja2-* markupsafe markupsafe-*
endef

warn = echo "Warning: no Python $(PYTHON_VERSION) found to compile with: cold starts will take almost twice as long" >&2
