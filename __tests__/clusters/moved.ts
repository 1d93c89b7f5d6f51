import hello from "../../examples/hello";

/** A path that has moved, and one that went to another host by HTTPS. */
export default {
  ...hello,
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/": "hello",
        "/old": { match: "exact", redirect: { path: "/new", status: 301 } },
        "/away": { redirect: { scheme: "https", host: "other.test.com", status: 302 } },
      },
    },
  ],
};
