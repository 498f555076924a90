"""Prints as JSON what AWS makes of a SAM template. Run by the Python of SAM CLI's environment.

Usage: transform_template.py TEMPLATE
"""

import json
import sys
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator


def main(template: Path) -> None:
    written = yaml_parse(template.read_text("utf-8"))
    # The translator wants code to be uploaded already.
    written["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
    parameters = {name: about["Default"] for name, about in written["Parameters"].items()}
    translator = Translator(managed_policy_map={}, sam_parser=Parser())
    json.dump(translator.translate(written, parameters), sys.stdout)


main(Path(sys.argv[1]))
