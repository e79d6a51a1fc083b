package dev.sallyport.server.assembly;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.Subresource;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.resource.ResourceRouter.Special;
import dev.sallyport.server.endpoint.review.AccessReviewEndpoints;
import dev.sallyport.server.endpoint.review.Review;
import dev.sallyport.server.endpoint.review.ReviewEndpoint;
import dev.sallyport.server.endpoint.token.RegistryTokenSubjects;
import dev.sallyport.server.endpoint.token.SelfSubjectReview;
import dev.sallyport.server.endpoint.token.TokenRequest;
import dev.sallyport.server.endpoint.token.TokenReview;
import dev.sallyport.server.response.ResponseWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** What is asked by POST and answered on the spot: reviews, and tokens for service accounts. */
final class Reviews {

  private static final String AUTHENTICATION = "authentication.k8s.io";

  private final Backend backend;
  private final ResponseWriter writer;
  private final Map<Special, Endpoint> endpoints = new HashMap<>();

  private Reviews(Backend backend, ResponseWriter writer) {
    this.backend = backend;
    this.writer = writer;
  }

  static Map<Special, Endpoint> endpoints(
      ServerConfig config,
      Doors doors,
      Backend backend,
      ResponseWriter writer,
      Clock clock,
      Executor workers) {
    Reviews reviews = new Reviews(backend, writer);
    reviews.endpoints.putAll(
        AccessReviewEndpoints.all(
            doors.authorization().authorizer(),
            doors.authorization().rules(),
            backend.catalogue(),
            backend.codec(),
            writer));
    reviews.add(AUTHENTICATION, "selfsubjectreviews", new SelfSubjectReview(clock));
    reviews.add(
        AUTHENTICATION,
        "tokenreviews",
        new TokenReview(doors.authentication().tokens(), doors.authentication().apiAudiences()));
    reviews.token(
        new TokenRequest(
            new RegistryTokenSubjects(backend.registry(), backend.catalogue(), backend.codec()),
            doors.authentication().issuer(),
            config.authentication().serviceAccounts(),
            doors.authentication().apiAudiences(),
            clock,
            workers));
    return reviews.endpoints;
  }

  private void add(String group, String plural, Review review) {
    ResourceDefinition resource = backend.catalogue().find(group, "v1", plural);
    if (resource == null) {
      throw new IllegalStateException(plural + " are not served");
    }
    endpoints.put(new Special(group, plural, ""), endpoint(resource, review));
  }

  private void token(Review review) {
    ResourceDefinition accounts = backend.catalogue().find("", "v1", "serviceaccounts");
    Subresource token = accounts == null ? null : accounts.subresource("token");
    if (token == null) {
      throw new IllegalStateException("tokens of service accounts are not served");
    }
    GroupVersionKind kind = token.kind();
    ResourceDefinition asked =
        new ResourceDefinition(
            kind,
            "serviceaccounts",
            "serviceaccount",
            List.of(),
            List.of(),
            true,
            token.verbs(),
            "",
            kind,
            "",
            List.of(),
            List.of());
    endpoints.put(new Special("", "serviceaccounts", "token"), endpoint(asked, review));
  }

  private Endpoint endpoint(ResourceDefinition resource, Review review) {
    return new ReviewEndpoint(resource, backend.codec(), writer, review);
  }
}
