import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", websocket: false },
    },
    {
      hosts: ["main.test.com", "other.test.com"],
      paths: { "/next": "next" },
      edge: { certificate: "test.com", forceTls: true },
    },
    {
      host: "other.test.com",
      paths: { "/": "next" },
      edge: { certificate: "test.com", allow: ["10.0.0.0/8"], websocket: false },
    },
  ],
};
