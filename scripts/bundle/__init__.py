"""The bundled sample: a little of what the sources say, for use without a network.

`facts` takes it from stored answers, `sentences` describes it in our own words, `loading` puts it
into a store through the code that is deployed.
"""
