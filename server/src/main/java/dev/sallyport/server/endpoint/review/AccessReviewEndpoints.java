package dev.sallyport.server.endpoint.review;

import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.RuleResolver;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.resource.ResourceRouter.Special;
import dev.sallyport.server.response.ResponseWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The places of authorization.k8s.io's reviews. */
public final class AccessReviewEndpoints {

  private static final String GROUP = "authorization.k8s.io";
  private static final String VERSION = "v1";

  private AccessReviewEndpoints() {}

  /** The endpoints by their places, for the resources' router. */
  public static Map<Special, Endpoint> all(
      Authorizer authorizer,
      RuleResolver rules,
      ResourceCatalogue catalogue,
      ObjectCodec codec,
      ResponseWriter writer) {
    AccessReviews access = new AccessReviews(authorizer);
    Map<String, Review> reviews =
        Map.of(
            "subjectaccessreviews", access::subject,
            "selfsubjectaccessreviews", access::self,
            "localsubjectaccessreviews", access::local,
            "selfsubjectrulesreviews", new RulesReview(rules));
    Map<Special, Endpoint> endpoints = new HashMap<>();
    reviews.forEach(
        (plural, review) -> {
          ResourceDefinition resource =
              Objects.requireNonNull(catalogue.find(GROUP, VERSION, plural), plural);
          endpoints.put(
              new Special(GROUP, plural, ""), new ReviewEndpoint(resource, codec, writer, review));
        });
    return endpoints;
  }
}
