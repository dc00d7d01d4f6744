{"job": {"web": {}}}
