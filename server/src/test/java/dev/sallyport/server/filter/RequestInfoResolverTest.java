package dev.sallyport.server.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.server.chain.PercentCoding;
import dev.sallyport.server.chain.Query;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestInfoResolverTest {

  /** Columns: method, target, verb, group, namespace, resource with subresource, name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "-",
      value = {
        "GET|/api/v1/namespaces|list|''|''|namespaces|''",
        "GET|/api/v1/namespaces/default|get|''|default|namespaces|default",
        "GET|/api/v1/namespaces/default/pods|list|''|default|pods|''",
        "GET|/api/v1/namespaces/default/pods/|list|''|default|pods|''",
        "DELETE|/api/v1/namespaces/default/pods/|deletecollection|''|default|pods|''",
        "GET|/api/v1/namespaces/default/pods/web-0|get|''|default|pods|web-0",
        "GET|/api/v1/namespaces/default/pods/web-0/log|get|''|default|pods/log|web-0",
        "GET|/api/v1/nodes/n1/status|get|''|''|nodes/status|n1",
        "GET|/apis/apps/v1/deployments|list|apps|''|deployments|''",
        "GET|/apis/apps/v1/namespaces/prod/deployments/web/scale|get|apps|prod|deployments/scale|web",
        "GET|/apis/nope.example/v1/things|list|nope.example|''|things|''",
        "GET|/api/v1/watch/namespaces/default/pods|watch|''|default|pods|''",
        "GET|/api/v1/watch/pods|watch|''|''|pods|''",
        "GET|/api/v1/namespaces/default/pods?watch=true|watch|''|default|pods|''",
        "GET|/api/v1/namespaces/default/pods?watch=1&fieldSelector=metadata.name=web-0|watch|''|default|pods|web-0",
        "GET|/api/v1/pods?fieldSelector=spec.a%3Db,metadata.name%3D%3Dx|list|''|''|pods|x",
        "GET|/api/v1/pods?fieldSelector=metadata.name!%3Dx|list|''|''|pods|''",
        "GET|/api/v1/pods?fieldSelector=metadata.name%3Da/b|list|''|''|pods|''",
        "GET|/api/v1/pods?fieldSelector=metadata.name%3Dx&limit=abc|list|''|''|pods|''",
        "GET|/api/v1/pods/x?watch=true|get|''|''|pods|x",
        "GET|/api/v1/proxy/namespaces/default/pods/x|proxy|''|default|pods|x",
        "GET|/api/v1/namespaces/default/services/https:web:443/proxy/a/b|get|''|default|services/proxy|https:web:443",
        "GET|/api/v1/namespaces/default/finalize|get|''|default|namespaces/finalize|default",
        "GET|/api/v1/namespaces/default/status|get|''|default|namespaces/status|default",
        "POST|/api/v1/namespaces/default/configmaps|create|''|default|configmaps|''",
        "POST|/api/v1/namespaces/default/configmaps/a|create|''|default|configmaps|a",
        "PUT|/api/v1/namespaces/default/configmaps/a|update|''|default|configmaps|a",
        "PATCH|/api/v1/namespaces/default/configmaps|patch|''|default|configmaps|''",
        "DELETE|/api/v1/namespaces/default/configmaps|deletecollection|''|default|configmaps|''",
        "DELETE|/api/v1/namespaces/default/configmaps/a|delete|''|default|configmaps|a",
        "HEAD|/api/v1/namespaces/default/configmaps|list|''|default|configmaps|''",
        "HEAD|/api/v1/namespaces/default/configmaps/a|get|''|default|configmaps|a",
        "OPTIONS|/api/v1/namespaces/default/configmaps|''|''|default|configmaps|''",
        "FOO|/api/v1/namespaces/default/configmaps/a|''|''|default|configmaps|a",
        "GET|/api//v1/pods|get|''|''|v1|pods",
        "GET|/api/v1/../v1/pods|get|''|''|../pods|v1",
        "GET|/%61pi/v1/pods|list|''|''|pods|''",
        "GET|/api/v1/namespaces/default%2fkube-system/pods|get|''|default|kube-system|pods",
        "GET|/api/v1/namespaces/default/pods/a%20b|get|''|default|pods|a b",
        "GET|/api/v1/namespaces/d%C3%A9faut/pods|list|''|défaut|pods|''",
        "GET|/api/v1/pods?watch=maybe|watch|''|''|pods|''",
        "GET|/api/v1/pods?watch|watch|''|''|pods|''",
        "GET|/api/v1/pods?watch=|watch|''|''|pods|''",
        "GET|/api/v1/pods?%77atch=1|watch|''|''|pods|''",
        "GET|/api/v1/pods?watch=False|list|''|''|pods|''",
        "GET|/api/v1/pods?watch=0|list|''|''|pods|''",
        "GET|/api/v1/pods?|list|''|''|pods|''",
        "GET|/api/v1/pods?limit=-1|list|''|''|pods|''",
        "GET|//api/v1/pods|list|''|''|pods|''"
      })
  void readsResourcePaths(
      String method,
      String target,
      String verb,
      String group,
      String namespace,
      String resource,
      String name) {
    RequestInfo info = resolve(method, target);

    assertEquals(verb, info.verb());
    assertEquals(group, info.apiGroup());
    assertEquals(namespace, info.namespace());
    assertEquals(resource, info.combinedResource());
    assertEquals(name, info.name());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/,get",
    "GET,//,get",
    "GET,/api,get",
    "GET,/api/,get",
    "GET,/api/v1,get",
    "GET,/apis/apps/v1,get",
    "GET,/apis/apps,get",
    "GET,/API/v1/pods,get",
    "GET,/openapi/v3/api/v1,get",
    "POST,/custom/path,post",
    "FOO,/custom/path,foo"
  })
  void readsBarePaths(String method, String path, String verb) {
    RequestInfo info = resolve(method, path);

    assertFalse(info.resourceRequest());
    assertEquals(verb, info.verb());
    assertEquals(path, info.path());
  }

  @Test
  void lowersMethodsWithoutRegardToTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals("options", resolve("OPTIONS", "/x").verb());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/api/v1/pods?fieldSelector=spec.nodeName%3Dn1,status.phase!%3DFailed|[spec.nodeName In"
            + " [n1], status.phase NotIn [Failed]]|[]",
        "GET|/api/v1/pods?watch=1&labelSelector=app+in+(b,a),!canary,x,y!%3D1|[]|[app In [a, b], canary"
            + " DoesNotExist [], x Exists [], y NotIn [1]]",
        "DELETE|/api/v1/namespaces/a/pods?labelSelector=n%3E5,app%3Db|[]|[app In [b]]",
        "GET|/api/v1/pods?labelSelector=a%3Db&labelSelector=c|[]|[a In [b]]",
        "GET|/api/v1/pods?labelSelector=((&fieldSelector=a%3Db|[a In [b]]|[]",
        "GET|/api/v1/pods?fieldSelector=a|[]|[]",
        "GET|/api/v1/namespaces/a/pods/x?labelSelector=a|[]|[]",
        "POST|/api/v1/namespaces/a/pods?labelSelector=a|[]|[]",
        "GET|/api/v1/watch/pods?labelSelector=a|[]|[]",
        "GET|/metrics?labelSelector=a|[]|[]"
      })
  void readsSelectorsOfCollections(String method, String target, String fields, String labels) {
    Selectors selectors = resolve(method, target).selectors();

    assertEquals(fields, words(selectors.fields()));
    assertEquals(labels, words(selectors.labels()));
  }

  private static String words(List<SelectorRequirement> requirements) {
    return requirements.stream()
        .map(each -> each.key() + " " + each.operator() + " " + each.values())
        .toList()
        .toString();
  }

  private static RequestInfo resolve(String method, String target) {
    int mark = target.indexOf('?');
    String path = PercentCoding.decodePath(mark < 0 ? target : target.substring(0, mark));
    Query query = Query.parse(mark < 0 ? "" : target.substring(mark + 1));
    return new RequestInfoResolver().resolve(method, path == null ? "" : path, query);
  }
}
