import { schedule, timeZone } from "../../config/schema/schedule";

test.each([
  "0 0,12 * * *",
  "*/15 * * * *",
  "0 */6 * * *",
  "30 2 1 jan,jul *",
  "0 3 * * mon-fri",
  "0 3 * * SUN",
  "5-50/5 0-23 1-31 1-12 0-6",
  "0 0 ? * *",
  "@daily",
])("%s is a schedule", (text) => {
  expect(schedule.safeParse(text).data).toBe(text);
});

test.each([
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * 32 * *",
  "* * * 13 *",
  "* * * * 7",
  "* * * * someday",
  "50-5 * * * *",
  "*/0 * * * *",
  "1-2-3 * * * *",
  "1/2/3 * * * *",
  "* * * *",
  "* * * * * *",
  "*  * * * *",
  "-1 * * * *",
  "",
  "@fortnightly",
  "every day",
])("refuses %j as a schedule", (text) => {
  expect(schedule.safeParse(text).success).toBe(false);
});

test.each(["UTC", "Europe/Berlin", "Asia/Seoul", "America/Argentina/Ushuaia", "Etc/GMT+5"])(
  "%s is a time zone",
  (text) => {
    expect(timeZone.safeParse(text).data).toBe(text);
  },
);

test.each(["europe/berlin", "Berlin", "CEST", "+02:00", "Europe/Nowhere", "Local", ""])(
  "refuses %j as a time zone",
  (text) => {
    expect(timeZone.safeParse(text).success).toBe(false);
  },
);
