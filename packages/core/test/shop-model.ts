/** A small model with everything the compiler knows: roles, chained joins, row rules on the root and on joined cubes. */
export const SHOP_FILES = [
  {
    path: 'model/orders.yml',
    text: `
cubes:
  - name: orders
    sql_table: public.orders
    title: Orders
    joins:
      - name: customers
        alias: buyer
        title: Buyer
        relationship: many_to_one
        sql: "{CUBE}.buyer_id = {buyer.id}"
      - name: customers
        alias: payer
        relationship: many_to_one
        sql: "{CUBE}.payer_id = {payer}.id"
      - name: products
        relationship: many_to_one
        sql: "{CUBE}.product_id = {products.id}"
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: tenant, type: string, sql: "{CUBE}.tenant" }
      - { name: status, type: string, sql: "\${CUBE}.status", description: Where the order stands. }
      - { name: amount, type: number, sql: "{CUBE}.amount", format: currency, currency: EUR }
      - { name: quantity, type: number, sql: quantity }
      - { name: unit_price, type: number, sql: "{amount} / {CUBE}.quantity" }
      - { name: is_gift, type: boolean, sql: "{CUBE}.is_gift" }
      - { name: created_at, type: time, sql: "{CUBE}.created_at" }
      - { name: paid_at, type: time, sql: "{TABLE}.paid_at" }
      - { name: buyer_name, type: string, sql: "upper({buyer.name})" }
      - { name: place, type: geo, latitude: { sql: "{CUBE}.lat" }, longitude: { sql: "{CUBE}.lon" } }
      - { name: internal_note, type: string, sql: "{CUBE}.note", public: false }
    measures:
      - { name: count, type: count, title: Orders }
      - { name: revenue, type: sum, sql: "{amount}", format: currency, currency: EUR, fraction_digits: 2 }
      - { name: average, type: avg, sql: "{amount}" }
      - { name: smallest, type: min, sql: "{amount}" }
      - { name: largest, type: max, sql: "{amount}" }
      - { name: buyers, type: count_distinct, sql: "{CUBE}.buyer_id" }
      - { name: paid, type: count, filters: [{ sql: "{CUBE}.status = 'paid'" }] }
      - { name: paid_share, type: number, sql: "1.0 * {paid} / nullif({count}, 0)", format: percent }
      - { name: large_revenue, type: sum, sql: "{amount}", filters: [{ sql: "{amount} >= 50" }, { sql: "not {is_gift}" }] }
    segments:
      - { name: gifts, sql: "{is_gift}" }
    access_policy:
      - role: "*"
        row_level:
          filters:
            - { member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }
      - role: admin
        row_level: { allow_all: true }
      - role: auditor
        member_level: { includes: [count, status] }
        row_level: { allow_all: true }
`,
  },
  {
    path: 'model/customers.yml',
    text: `
cubes:
  - name: customers
    sql_table: customers
    joins:
      - name: countries
        relationship: many_to_one
        sql: "{CUBE}.country = {countries.code}"
      - name: customers
        alias: parent
        relationship: many_to_one
        sql: "{CUBE}.parent_id = {parent.id}"
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: region, type: string, sql: "{CUBE}.region" }
      - { name: email, type: string, sql: "{CUBE}.email" }
    measures:
      - { name: count, type: count }
    access_policy:
      - role: "*"
        row_level:
          filters:
            - { member: "{CUBE}.region", operator: equals, values: ["{ securityContext.regions }"] }
      - role: admin
        row_level: { allow_all: true }
  - name: countries
    sql: |
      -- only those that take part
      select code, name from countries where active;
    dimensions:
      - { name: code, type: string, sql: "{CUBE}.code", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
    access_policy: [{ role: "*" }]
  - name: products
    sql_table: products
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
    measures:
      - { name: count, type: count }
      - { name: last, type: max, sql: "{CUBE}.id" }
  - name: rates
    sql_table: rates
    data_source: bank
    dimensions:
      - { name: code, type: string, sql: "{CUBE}.code" }
    measures:
      - { name: count, type: count }
`,
  },
]

/** Two tenants, a, b. Times without a zone are UTC. The same text on PostgreSQL and DuckDB. */
export const SHOP_SQL = `
create table countries (code varchar, name varchar, active boolean);
insert into countries values ('BE', 'Belgium', true), ('NL', 'Netherlands', true), ('XX', 'Nowhere', false);
create table customers (id integer, name varchar, region varchar, email varchar, country varchar, parent_id integer);
insert into customers values
  (1, 'Ann', 'north', 'ann@example.com', 'BE', null),
  (2, 'Bob', 'north', 'bob@example.com', 'NL', 1),
  (3, 'Cas', 'south', 'cas@example.com', 'XX', 1);
create table products (id integer, name varchar);
insert into products values (1, '100% wool'), (2, 'a_b\\c'), (3, 'Azb!c');
create table orders (
  id integer, tenant varchar, buyer_id integer, payer_id integer, product_id integer, status varchar, amount numeric(12, 2),
  quantity integer, is_gift boolean, created_at timestamp, paid_at timestamptz, lat double precision, lon double precision, note varchar
);
insert into orders values
  (1, 'a', 1, 2, 1, 'paid', 10.00, 1, false, '2026-01-31 23:30:00', '2026-01-31 23:30:00+00', 50.8, 4.3, 'n'),
  (2, 'a', 1, 3, 2, 'paid', 60.50, 2, false, '2026-02-01 00:30:00', '2026-02-01 00:30:00+00', 50.8, 4.3, 'n'),
  (3, 'a', 2, 2, 3, 'open', 70.00, 1, true, '2026-03-29 00:30:00', '2026-03-29 00:30:00+00', 52.1, 5.2, 'n'),
  (4, 'a', 3, 1, null, 'open', null, 4, false, '2026-03-29 01:30:00', '2026-03-29 01:30:00+00', null, 5.2, 'n'),
  (5, 'a', null, 1, 1, null, -5.25, 1, null, '2026-10-25 00:30:00', '2026-10-25 00:30:00+00', 1.5, 2.5, 'n'),
  (6, 'b', 1, 1, 1, 'paid', 999.00, 0, false, '2026-02-01 00:30:00', '2026-02-01 00:30:00+00', 50.8, 4.3, 'n');
create table rates (code varchar);
`
