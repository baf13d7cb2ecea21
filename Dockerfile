# One image for every stage: newswire ingest, enrich, sink and all the other commands.
# SPDX-License-Identifier: Apache-2.0
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY . .
RUN mvn --quiet --batch-mode -Dmaven.test.skip=true -Dspotless.check.skip=true -Dassembly.skipAssembly=true \
  -Dnewswire.folder=/opt/newswire package

FROM ${RUNTIME_IMAGE}
RUN groupadd --system --gid 10001 newswire \
 && useradd --system --uid 10001 --gid newswire --home-dir /var/lib/newswire newswire \
 && mkdir -p /var/lib/newswire /var/spool/newswire \
 && chown newswire:newswire /var/lib/newswire /var/spool/newswire \
 && ln -s /opt/newswire/bin/newswire /usr/local/bin/newswire
COPY --from=build /opt/newswire /opt/newswire

# A stage answers on this port; commands that end by themselves take no notice of it.
ENV NEWSWIRE_DATA=/var/lib/newswire \
    NEWSWIRE_HTTP_PORT=8080 \
    NEWSWIRE_JAVA_OPTIONS="-XX:MaxRAMPercentage=75"
USER newswire
WORKDIR /var/lib/newswire
EXPOSE 8080
# The stage runs, and no outage holds it up. No curl is needed.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/localhost/8080 && printf 'GET /ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["newswire"]
CMD ["--help"]
