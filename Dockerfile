# syntax=docker/dockerfile:1
# Every program of Overblik in one image; the command says which: docs/operations.md, "Containers".
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node tools/package.mjs /package

FROM node:24.11.1-bookworm-slim
ENV OVERBLIK_MODE=production NODE_ENV=production HOST=0.0.0.0 OPERATIONS_HOST=0.0.0.0
WORKDIR /overblik
COPY --from=build --chown=root:root /package ./
# Nothing is written but below DATA_DIR, which only an embedded store or AUDIT_ANCHOR_FILE needs; the root may be read-only.
ENV DATA_DIR=/var/lib/overblik
RUN install -d -o node -g node -m 700 /var/lib/overblik
USER node
EXPOSE 4000 4090
VOLUME /var/lib/overblik
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/programs/gateway.js"]
