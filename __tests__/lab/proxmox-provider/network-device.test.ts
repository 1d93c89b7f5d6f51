import { machine, networkDevice, vms } from "./trial/shapes";
import { withProvider } from "./trial/trial";

const own = (device: object) =>
  vms({ own: machine({ name: "own", network_device: [device], started: false, vm_id: 1031 }) });

withProvider("a network device in Terraform JSON", (open) => {
  test("is valid with all eleven keys, and the second plan is empty", async () => {
    const { workspace } = await open();
    expect((await workspace.validate(own(networkDevice))).code).toBe(0);
    await workspace.deploy(own(networkDevice));
    expect((await workspace.plan(own(networkDevice))).changes).toEqual({});
  });

  test.each(Object.keys(networkDevice))("refuses a device without %s", async (key) => {
    const { workspace } = await open();
    const partial = Object.fromEntries(Object.entries(networkDevice).filter(([name]) => name !== key));
    const { code, output } = await workspace.validate(own(partial));
    expect(code).toBe(1);
    expect(output.replace(/[\s│]+/g, " ")).toMatch(
      new RegExp(`Inappropriate value for attribute "network_device".*attribute "${key}" is required`),
    );
  });
});
