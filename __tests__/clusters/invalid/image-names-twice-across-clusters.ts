import { home, lab } from "../home";

const image = (file: string) => ({ cloudImage: { url: `https://images.example.com/${file}.qcow2` } });

export default [
  { ...home, template: image("lab-debian-13") },
  { ...lab, name: "home-lab", template: image("debian-13") },
];
