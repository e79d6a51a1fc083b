package dev.sallyport.server.endpoint.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.resource.ResourceRouter.Special;
import dev.sallyport.server.http.Contexts;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.response.Responses;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResourceRouterTest {

  private static final ResourceEndpoint ECHO =
      (context, call) -> Answer.now(Responses.text(200, context.info().verb() + " " + at(call)));
  private static final Endpoint REVIEW = context -> Answer.now(Responses.text(201, "reviewed"));

  private final ResourceRouter router =
      new ResourceRouter(
          new BuiltInCatalogue(),
          Map.of(
              "get", ECHO,
              "list", ECHO,
              "watch", ECHO,
              "create", ECHO,
              "update", ECHO,
              "patch", ECHO,
              "delete", ECHO,
              "deletecollection", ECHO),
          Map.of(
              new Special("authorization.k8s.io", "subjectaccessreviews", ""), REVIEW,
              new Special("", "serviceaccounts", "token"), REVIEW));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/api/v1/namespaces/o/configmaps|200 list o/configmaps/",
        "GET|/api/v1/namespaces/o/configmaps/c|200 get o/configmaps/c",
        "GET|/api/v1/configmaps|200 list /configmaps/",
        "GET|/api/v1/namespaces|200 list /namespaces/",
        "GET|/api/v1/namespaces/o|200 get /namespaces/o",
        "PUT|/api/v1/namespaces/o/status|200 update /namespaces/o/status",
        "GET|/api/v1/watch/namespaces/o/configmaps/c|200 watch o/configmaps/c",
        "DELETE|/api/v1/namespaces/o/configmaps/|200 deletecollection o/configmaps/",
        "POST|/apis/authorization.k8s.io/v1/subjectaccessreviews|201 reviewed",
        "GET|/apis/authorization.k8s.io/v1/subjectaccessreviews|405",
        "POST|/api/v1/namespaces/o/serviceaccounts/b/token|201 reviewed",
        "GET|/api/v1/namespaces/o/serviceaccounts/b/token|405",
        "POST|/api/v1/configmaps|405",
        "POST|/api/v1/namespaces/o/configmaps/c|405",
        "PUT|/api/v1/namespaces/o/configmaps|405",
        "PATCH|/api/v1/namespaces/o/configmaps|405",
        "DELETE|/api/v1/configmaps|405",
        "HEAD|/api/v1/namespaces/o/configmaps/c|405",
        "FOO|/api/v1/namespaces/o/configmaps/c|405",
        "GET|/api/v1/namespaces/o/nothings|404",
        "GET|/api/v1/namespaces/o/configmaps/c/status|404",
        "GET|/api/v1/configmaps/c|404",
        "GET|/api/v1/namespaces/o/nodes/n|404",
        "GET|/api/v1/namespaces/o/Configmaps|404",
        "GET|/apis/apps/v2/deployments|404",
        "GET|/apis/nope.example/v1/things|404 404 page not found",
        "GET|/api/v1/namespaces/o/pods/p/status/more|404"
      })
  void findsTheEndpointOrRefuses(String method, String target, String expected) {
    assertEquals(expected, outcome(FakeRequest.of(method, target)));
  }

  private String outcome(FakeRequest request) {
    try {
      var response = Contexts.value(router.answer(Contexts.by(UserInfo.of("ann"), request)));
      return response.status() + " " + Contexts.body(response).strip();
    } catch (StatusException refusal) {
      return String.valueOf(refusal.status().code());
    }
  }

  private static String at(ResourceCall call) {
    String sub = call.subresource().isEmpty() ? "" : "/" + call.subresource();
    return call.namespace() + "/" + call.resource().plural() + "/" + call.name() + sub;
  }
}
