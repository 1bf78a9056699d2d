const dollars = (units: string, nanos: number) => ({ currencyCode: "CAD", units, nanos });

/** Two things of one kind. */
export const line = { item: { productId: "OLJCESPC7Z", quantity: 2 }, cost: dollars("26", 749_997_346) };

/** An order in Canadian dollars: two things of one kind, ten of another. */
export const order = {
  orderId: "b1946ac9-2af3-4d1b-8cbe-aabbccddeeff",
  shippingTrackingId: "ZK-20417-108332194",
  shippingCost: dollars("12", 24_000_000),
  shippingAddress: {
    streetAddress: "1600 Amphitheatre Parkway",
    city: "Mountain View",
    state: "CA",
    country: "United States",
    zipCode: 94043,
  },
  items: [line, { item: { productId: "6E92ZMYYFZ", quantity: 10 }, cost: dollars("12", 24_000_000) }],
};
