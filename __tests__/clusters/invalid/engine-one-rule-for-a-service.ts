import { siteOn } from "../asking";

/** What a DestinationRule holds: said differently of one service, or of one of its paths only. */
export default {
  ...siteOn("gateway-api", "istio"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/api": {
          to: "hello",
          circuitBreaker: { failures: 3 },
          balance: "least-request",
          timeouts: { connect: "2s" },
        },
        "/web": { to: "hello", circuitBreaker: { failures: 5 }, timeouts: { connect: "1s" } },
        "/next": { to: "next", sticky: true },
        "/new": { to: "next", sticky: { cookie: "new" } },
      },
    },
  ],
};
