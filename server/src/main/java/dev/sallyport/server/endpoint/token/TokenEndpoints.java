package dev.sallyport.server.endpoint.token;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.resource.ResourceRouter.Special;
import dev.sallyport.server.endpoint.review.Review;
import dev.sallyport.server.endpoint.review.ReviewEndpoint;
import dev.sallyport.server.response.ResponseWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where authentication.k8s.io's reviews stand among the resources. */
public final class TokenEndpoints {
  private static final String GROUP = "authentication.k8s.io";

  /** What is posted to a service account's subresource token; it is no resource by itself. */
  private static final ResourceDefinition TOKEN_REQUEST = tokenRequest();

  private TokenEndpoints() {}

  /** The endpoints by their places, for the resources' router. */
  public static Map<Special, Endpoint> all(
      ResourceCatalogue catalogue,
      ObjectCodec codec,
      ResponseWriter writer,
      TokenReview tokenReview,
      SelfSubjectReview selfSubjectReview,
      TokenRequest tokenRequest) {
    return Map.of(
        new Special(GROUP, "tokenreviews", ""),
        review(resource(catalogue, "tokenreviews"), codec, writer, tokenReview),
        new Special(GROUP, "selfsubjectreviews", ""),
        review(resource(catalogue, "selfsubjectreviews"), codec, writer, selfSubjectReview),
        new Special("", "serviceaccounts", "token"),
        review(TOKEN_REQUEST, codec, writer, tokenRequest));
  }

  private static Endpoint review(
      ResourceDefinition resource, ObjectCodec codec, ResponseWriter writer, Review review) {
    return new ReviewEndpoint(resource, codec, writer, review);
  }

  private static ResourceDefinition resource(ResourceCatalogue catalogue, String plural) {
    return Objects.requireNonNull(catalogue.find(GROUP, "v1", plural), plural);
  }

  private static ResourceDefinition tokenRequest() {
    GroupVersionKind kind = new GroupVersionKind(GROUP, "v1", "TokenRequest");
    return new ResourceDefinition(
        kind,
        "tokenrequests",
        "tokenrequest",
        List.of(),
        List.of(),
        true,
        List.of("create"),
        "",
        kind,
        "",
        List.of(),
        List.of());
  }
}
