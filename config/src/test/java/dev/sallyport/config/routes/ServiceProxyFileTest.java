package dev.sallyport.config.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as the documentation of kube-rbac-proxy has them. */
class ServiceProxyFileTest {

  @Test
  void readsResourceAttributes() throws Exception {
    AttributesConfig read =
        read(
            """
            authorization:
              resourceAttributes:
                namespace: default
                apiVersion: v1
                resource: services
                subresource: proxy
                name: kube-rbac-proxy
            """);
    ResourceQuestion asked = read.resource().orElseThrow();
    assertEquals("default", asked.namespace().fill("", Map.of()));
    assertEquals("proxy", asked.subresource().fill("", Map.of()));
    assertEquals(Rewrites.NONE, read.rewrites());
  }

  @Test
  void readsRewritesByQueryAndHeaderAndStaticRules() throws Exception {
    AttributesConfig read =
        read(
            """
            authorization:
              rewrites:
                byQueryParameter:
                  name: "namespace"
                byHttpHeader:
                  name: "x-tenant"
              resourceAttributes:
                apiVersion: v1
                resource: namespace
                subresource: metrics
                namespace: "{{ .Value }}"
              static:
                - user:
                    name: UserName
                    groups:
                      - group1
                      - group2
                  verb: get
                  resourceRequest: true
                  resource: namespace
                  subresource: metrics
                - resourceRequest: false
                  path: /metrics
            """);
    assertEquals("namespace", read.rewrites().queryParameter());
    assertEquals("x-tenant", read.rewrites().header());
    assertEquals("t1", read.resource().orElseThrow().namespace().fill("t1", Map.of()));
    assertEquals(List.of("group1", "group2"), read.statics().get(0).groups());
    assertEquals("/metrics", read.statics().get(1).path());
  }

  @Test
  void readsPathTemplates() throws Exception {
    AttributesConfig read =
        read(
            """
            authorization:
              rewrites:
                byPath:
                  patterns: ["/tenants/{namespace}/jobs/{name}", "/tenants/{namespace}/**"]
              resourceAttributes:
                resource: jobs
                namespace: "{{.Path.namespace}}"
                name: "{{ .Path.name }}"
            """);
    assertEquals(
        Map.of("namespace", "a", "name", "j"),
        read.rewrites().paths().get(0).match("/tenants/a/jobs/j"));
    assertEquals(Map.of("namespace", "a"), read.rewrites().paths().get(1).match("/tenants/a/x/y"));
  }

  @Test
  void aFileThatSaysNothingAsksAboutThePath() throws Exception {
    assertEquals(AttributesConfig.PATH, read("authorization: {}\n"));
  }

  @Test
  void tellsAllFaultsWithTheirPlaces() {
    InvalidFileException failure =
        assertThrows(
            InvalidFileException.class,
            () ->
                read(
                    """
                    authorization:
                      resourceAttributes:
                        resource: "{{ .Value }}"
                        name: "{{ .Path.name }}"
                        namespace: "{{ printf .Value }}"
                        subResource: x
                      static:
                      - resourceRequest: true
                        path: /metrics
                    """));
    String faults = String.join("\n", failure.faults());
    assertTrue(faults.contains("{{ .Value }} has no value"), faults);
    assertTrue(faults.contains("{{ .Path.name }} is named by no pattern"), faults);
    assertTrue(faults.contains("resourceAttributes.namespace: expected {{ .Value }}"), faults);
    assertTrue(faults.contains("subResource: unknown field"), faults);
    assertTrue(faults.contains("authorization.static[0]: needs either"), faults);
  }

  private static AttributesConfig read(String text) throws InvalidFileException {
    return ServiceProxyFile.parse(
        new FileContent(Path.of("config-file.yaml"), text.getBytes(StandardCharsets.UTF_8)));
  }
}
