"""The real parts of a deployment on this machine, without Docker: what a stack is made of.

`processes` runs servers, `seaweed` is S3, `artefact` builds what is deployed, `lambda_emulator`
runs it, `gateway` plays API Gateway, `nginx` the CDN. The tests start the same parts themselves.
"""
