import { party, type Wanted } from "../constructs/parties";
import { behindEdge } from "./clusters/behind-edge";
import { type Certificate, type EdgeStanding, standEdge } from "./stand/edge-standing";
import { buildingMilliseconds, rehearsing } from "./stand/standing";

const secured = { certificate: "test.com" };
const names = ["test.com", "*.test.com"];
const cluster = behindEdge({ "a.test.com": secured, "b.test.com": secured });

const bad: Readonly<Record<string, Bad>> = {
  "a certificate with another's key": {
    made: async () => ({ ...(await signed({})), keyPem: (await signed({})).keyPem }),
    says: "TF_VAR_test_com_key is the key of another certificate",
  },
  "a certificate that has ended": {
    made: () => signed({ from: -20, until: -1 }),
    says: "The certificate ended on",
  },
  "a certificate for other names": {
    made: () => signed({ names: ["test.org"] }),
    says: "The certificate is not for test.com, *.test.com; it is for DNS:test.org.",
  },
  "a certificate without a subject": {
    made: () => signed({ subject: "" }),
    says: "The certificate has no subject",
  },
};

rehearsing("a certificate for the proxy in front", () => {
  let standing: EdgeStanding;
  beforeEach(async () => {
    standing = await standEdge(cluster);
  }, buildingMilliseconds);
  afterEach(async () => {
    const { defects } = standing.edge;
    await standing.close();
    expect(defects).toEqual([]);
  });

  test("is uploaded beside the old one, its hosts are led to it, and then the old one goes", async () => {
    const { edge, authority, give, planned, deploy } = standing;
    await deploy();
    expect(certificatesIn(edge)).toEqual({ shown: [1, 1], there: [1] });
    give(await authority.issue(names));
    expect(await planned()).toEqual({
      "nginxproxymanager_certificate_custom.certificate-test_com": ["create", "delete"],
      "nginxproxymanager_proxy_host.a-test-com": ["update"],
      "nginxproxymanager_proxy_host.b-test-com": ["update"],
      "null_resource.certificate-test_com_checked": ["create", "delete"],
    });
    const words = await deploy();
    const order = [
      "certificate-test_com: Creation complete",
      "a-test-com: Modifications complete",
      "b-test-com: Modifications complete",
      "Destruction complete",
    ].map((line) => words.lastIndexOf(line));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(certificatesIn(edge)).toEqual({ shown: [2, 2], there: [2] });
    expect(await planned()).toEqual({});
  });

  describe.each(Object.entries(bad))("%s", (_, { made, says }) => {
    test("is refused before anything is sent, in a first deploy", async () => {
      const { edge, give, apply } = standing;
      give(await made());
      const { code, words } = await apply();
      expect(words).toContain(says);
      expect(words).toContain("Nothing was sent to the proxy.");
      expect(code).toBe(1);
      expect(edge.records()).toMatchObject({ certificates: [], proxyHosts: [] });
    });

    test("is refused in place of a good one, which is shown on; the next good one is the second that comes", async () => {
      const { edge, authority, give, apply, deploy, planned } = standing;
      await deploy();
      give(await made());
      const { code, words } = await apply();
      expect(words).toContain(says);
      expect(code).toBe(1);
      expect(certificatesIn(edge)).toEqual({ shown: [1, 1], there: [1] });
      expect(edge.sites()).toHaveLength(2);
      give(await authority.issue(names));
      await deploy();
      // Numbers are never given twice: none was given to the bad one.
      expect(certificatesIn(edge)).toEqual({ shown: [2, 2], there: [2] });
      expect(await planned()).toEqual({});
    });
  });
});

interface Bad {
  readonly made: () => Promise<Certificate>;
  readonly says: string;
}

async function signed(wanted: Partial<Wanted>): Promise<Certificate> {
  const { certificate, key } = await party({ name: "test.com", names, ...wanted });
  return { certificatePem: certificate, keyPem: key };
}

function certificatesIn(edge: EdgeStanding["edge"]) {
  const { proxyHosts, certificates } = edge.records();
  return {
    shown: proxyHosts.map((host) => host.certificate_id),
    there: certificates.map(({ id }) => id),
  };
}
