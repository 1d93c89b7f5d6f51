import { type GiB, type MiB, toMiB } from "../../config/units";

/**
 * Quantities in the one form that the API server keeps: `1024Mi` would come back as `1Gi`, and every plan would show it.
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
export function cpuQuantity(thousandths: number): string {
  return thousandths % 1000 === 0 ? `${thousandths / 1000}` : `${thousandths}m`;
}

export function memoryQuantity(size: MiB): string {
  if (size % (1024 * 1024) === 0) return `${size / (1024 * 1024)}Ti`;
  return size % 1024 === 0 ? `${size / 1024}Gi` : `${size}Mi`;
}

export function storageQuantity(size: GiB): string {
  return memoryQuantity(toMiB(size));
}
