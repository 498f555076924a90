# Builds what AWS SAM uploads. SAM calls build-<function> with ARTIFACTS_DIR in the environment,
# either here or in a copy of this folder. Needs no Docker: the packages come as wheels.

# The platform of the wheels in pip's names, the best first; Lambda's Python images have glibc 2.34.
PLATFORM := manylinux_2_28_aarch64 manylinux2014_aarch64
PYTHON_VERSION := 3.13

# Where Lambda unpacks the artefact: the paths that tracebacks show.
TASK_ROOT := /var/task

# The first of the interpreters in $(1) that runs the statement $(2) without an error. A version
# manager can leave a python on PATH that fails when run: being there is not enough.
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

# One artefact for both: they share their code, and each names its entry point in template.yaml.
build-RenderFunction build-RefreshFunction:
	$(if $(ARTIFACTS_DIR),,$(error ARTIFACTS_DIR is not set: run sam build))
	cp -R handler templates "$(ARTIFACTS_DIR)"
	"$(INSTALLER)" -m pip install --quiet --no-warn-conflicts --no-compile --target "$(ARTIFACTS_DIR)" \
		$(addprefix --platform ,$(PLATFORM)) --implementation cp \
		--python-version $(PYTHON_VERSION) --only-binary=:all: --requirement requirements.txt
	$(remove_what_never_runs)
	$(compile_templates)
	$(if $(COMPILER),$(compile_code),$(warn))
	chmod -R u=rwX,go=rX "$(ARTIFACTS_DIR)"

# Commands and tests of packages, what pip notes about an install (which names the place and the
# interpreter, so that no two builds would be the same), the descriptions of every AWS service but
# S3, and bytecode that came along, whichever Python wrote it.
define remove_what_never_runs
rm -rf "$(ARTIFACTS_DIR)"/bin "$(ARTIFACTS_DIR)"/*/tests
cd "$(ARTIFACTS_DIR)" && rm -f *.dist-info/RECORD *.dist-info/INSTALLER *.dist-info/REQUESTED \
	*.dist-info/direct_url.json
if test -d "$(ARTIFACTS_DIR)/botocore/data"; then find "$(ARTIFACTS_DIR)/botocore/data" \
	-mindepth 1 -maxdepth 1 -type d ! -name s3 -exec rm -rf {} +; fi
find "$(ARTIFACTS_DIR)" -type d -name __pycache__ -prune -exec rm -rf {} +
endef

# Lambda's file system is read-only: what is not compiled here is compiled at every cold start.
# Unchecked hashes, because the dates of files change on their way to Lambda.
compile_code = "$(COMPILER)" -m compileall -q -j 0 --invalidation-mode unchecked-hash \
	-s "$(ARTIFACTS_DIR)" -p $(TASK_ROOT) "$(ARTIFACTS_DIR)"

# By the packages in the artefact: what is compiled for another platform has a way without.
compile_templates = PYTHONPATH="$(ARTIFACTS_DIR)" PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 \
	"$(INSTALLER)" -P -c 'import sys; from pathlib import Path; \
	from handler.web.rendering.templates import compile_templates; compile_templates(Path(sys.argv[1]))' \
	"$(ARTIFACTS_DIR)/templates"

warn = echo "Warning: no Python $(PYTHON_VERSION) found to compile with; cold starts take almost twice as long" >&2
