/** refusedFiles: advanced configurations that nginx does not take, and what it says of the host's file. */
export const refusedFiles: Readonly<Record<string, readonly [config: string, said: string]>> = {
  "an unknown word": ["proxy_read_timeot 5s;", 'unknown directive "proxy_read_timeot"'],
  "a missing semicolon": ["client_max_body_size 10m\nallow all;", "invalid number of arguments"],
  "a brace too many": ["allow all; }", '"location" directive is not allowed here'],
  "a brace too few": ["location /x { return 204;", 'location "/" is outside location "/x"'],
  "a brace that is never closed": ["location / { return 204;", 'unexpected end of file, expecting "}"'],
  "a quote that is never closed": [`add_header X "open;`, "unexpected end of file"],
  "a word in a wrong place": ["proxy_pass http://127.0.0.1;", '"proxy_pass" directive is not allowed here'],
  "a limit set twice": [
    "client_max_body_size 1m;\nclient_max_body_size 2m;",
    '"client_max_body_size" directive is duplicate',
  ],
  "a location set twice": [
    "location /x { return 204; }\nlocation /x { return 205; }",
    'duplicate location "/x"',
  ],
  "a block in place of a word": ["return { }", 'directive "return" is not terminated by ";"'],
  "a word in place of a block": ["location /x;", 'directive "location" has no opening "{"'],
};
