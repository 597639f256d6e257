"""compile_commands.py - prints compile_commands.json for editors: compile_commands.py "COMMAND" FILE..."""
import json
import os
import sys

command, files = sys.argv[1], sys.argv[2:]
print(json.dumps([{'directory': os.getcwd(), 'file': f, 'command': f'{command} -c {f}'} for f in files], indent=1))
