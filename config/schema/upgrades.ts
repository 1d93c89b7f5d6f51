import { z } from "zod";
import { literal } from "./literals";
import { timeZone } from "./schedule";

const day = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
const time = literal(
  (text) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? text : undefined),
  () => ({ code: "upgrades/not-a-time", why: "a time is hours and minutes", fix: 'write it like "02:00"' }),
).meta({ description: "hours and minutes, such as `02:00`", problems: ["upgrades/not-a-time"] });

/** upgrades: how nodes that run come to another rke2.version. */
export const upgrades = z.union([
  z.literal(false),
  z.strictObject({
    /**
     * concurrency, workers at once; servers go one by one.
     * @default 1
     * @unit workers
     * @change in place
     * @error upgrades/every-worker-at-once
     */
    concurrency: z.int().min(1).optional(),
    /** drain workers first, so that their pods move; servers are only cordoned. @default true. @change in place. @error upgrades/drain-waits */
    drain: z.boolean().optional(),
    /** window in which upgrades of nodes may begin; past midnight where it ends before it starts. @default - at any time. @change in place. @error upgrades/empty-window */
    window: z
      .strictObject({
        /** days of the week. @default - every day. @error upgrades/window-over-midnight */
        days: z.array(day).min(1).optional(),
        /** startTime, when it opens. @error upgrades/not-a-time */
        startTime: time,
        /** endTime, when it closes. @error upgrades/not-a-time */
        endTime: time,
        /** timeZone as the tz database names it. @default "UTC". @error units/time-zone */
        timeZone: timeZone.optional(),
      })
      .optional(),
  }),
]);
