package dev.sallyport.authz.attributes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Headers;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.routes.AttributesConfig;
import dev.sallyport.config.routes.ServiceProxyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestQuestionsTest {

  private static final String BY_NAMESPACE =
      """
      authorization:
        rewrites:
          byQueryParameter: {name: namespace}
          byHttpHeader: {name: X-Tenant}
        resourceAttributes: {apiVersion: v1, resource: namespace, namespace: "{{ .Value }}"}
      """;

  @Test
  void withoutAttributesThePathIsAskedAboutWithKubernetesVerbs() {
    RequestQuestions questions = new RequestQuestions(AttributesConfig.PATH);
    assertEquals(
        List.of(RequestInfo.ofPath("get", "/api/v1/pods")),
        questions.of(new Asked("GET", "/api/v1/pods")));
    assertEquals("create", questions.of(new Asked("POST", "/x")).get(0).verb());
    assertEquals("update", questions.of(new Asked("PUT", "/x")).get(0).verb());
    assertEquals("patch", questions.of(new Asked("PATCH", "/x")).get(0).verb());
    assertEquals("delete", questions.of(new Asked("DELETE", "/x")).get(0).verb());
    assertEquals("", questions.of(new Asked("OPTIONS", "/x")).get(0).verb());
  }

  @Test
  void everyValueIsAQuestion() throws Exception {
    Asked asked = new Asked("GET", "/metrics");
    asked.query = List.of("a", "b");
    asked.headers = List.of("x-tenant", "c");
    assertEquals(List.of("a", "b", "c"), namespaces(BY_NAMESPACE, asked));
  }

  @Test
  void aTwinOfTheHeaderIsAskedAboutToo() throws Exception {
    Asked asked = new Asked("GET", "/metrics");
    asked.headers = List.of("X-Tenant", "a", "x_tenant", "b");
    assertEquals(List.of("a", "b"), namespaces(BY_NAMESPACE, asked));
  }

  @Test
  void withoutAValueItIsMalformed() throws Exception {
    assertEquals(List.of(), namespaces(BY_NAMESPACE, new Asked("GET", "/metrics")));
  }

  @Test
  void aQueryThatOthersReadOtherwiseIsMalformed() throws Exception {
    Asked asked = new Asked("GET", "/metrics");
    asked.query = List.of("a");
    asked.ambiguous = true;
    assertEquals(List.of(), namespaces(BY_NAMESPACE, asked));
  }

  @Test
  void tooManyValuesAreMalformed() throws Exception {
    Asked asked = new Asked("GET", "/metrics");
    asked.query = List.of("a ".repeat(RequestQuestions.MOST_VALUES + 1).split(" "));
    assertEquals(List.of(), namespaces(BY_NAMESPACE, asked));
  }

  @Test
  void thePathNamesWhatIsAskedAbout() throws Exception {
    RequestQuestions questions =
        questions(
            """
            authorization:
              rewrites:
                byPath: {patterns: ["/tenants/{ns}/jobs/{job}", "/tenants/{ns}/jobs"]}
              resourceAttributes:
                apiGroup: batch
                resource: jobs
                namespace: "team-{{ .Path.ns }}"
                name: "{{ .Path.job }}"
            """);
    RequestInfo one = questions.of(new Asked("DELETE", "/tenants/a/jobs/j")).get(0);
    assertEquals("team-a", one.namespace());
    assertEquals("j", one.name());
    assertEquals("batch", one.apiGroup());
    assertEquals("", questions.of(new Asked("GET", "/tenants/a/jobs")).get(0).name());
    assertEquals(List.of(), questions.of(new Asked("GET", "/elsewhere")));
    assertEquals(List.of(), questions.of(new Asked("GET", "/tenants//jobs")));
  }

  private static List<String> namespaces(String file, Asked asked) throws Exception {
    return questions(file).of(asked).stream().map(RequestInfo::namespace).toList();
  }

  private static RequestQuestions questions(String file) throws Exception {
    return new RequestQuestions(
        ServiceProxyFile.parse(
            new FileContent(Path.of("f.yaml"), file.getBytes(StandardCharsets.UTF_8))));
  }

  private static final class Asked implements AskedRequest, Headers {
    private final String method;
    private final String path;
    private List<String> query = List.of();
    private List<String> headers = List.of();
    private boolean ambiguous;

    Asked(String method, String path) {
      this.method = method;
      this.path = path;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public List<String> query(String name) {
      return name.equals("namespace") ? query : List.of();
    }

    @Override
    public boolean ambiguousQuery() {
      return ambiguous;
    }

    @Override
    public Headers headers() {
      return this;
    }

    @Override
    public @Nullable String first(String name) {
      return all(name).stream().findFirst().orElse(null);
    }

    @Override
    public List<String> all(String name) {
      List<String> values = new ArrayList<>();
      forEach(
          (each, value) -> {
            if (each.equalsIgnoreCase(name)) {
              values.add(value);
            }
          });
      return values;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> visitor) {
      for (int i = 0; i < headers.size(); i += 2) {
        visitor.accept(headers.get(i), headers.get(i + 1));
      }
    }
  }
}
