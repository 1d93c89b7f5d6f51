import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: {
        certificate: "test.com",
        rawNginx: `
          include /data/nginx/custom/*.conf; # whatever lies there
          location / { proxy_pass http://192.168.0.9; }
          client_max_body_size 1g;
          proxy_set_header X-Site home;
          proxy_ssl_server_name on;
          set $server 192.168.0.9;
          location /lua { content_by_lua_file x.lua; proxy_read_timeout 1h; }
          server { }
        `,
        locations: {
          "/files": {
            rawNginx:
              "proxy_pass http://192.168.0.9; proxy_set_header Host a.com; proxy_set_header X-A b; allow all;",
          },
          "/quote": { rawNginx: 'return 200 "a;' },
        },
      },
    },
  ],
};
