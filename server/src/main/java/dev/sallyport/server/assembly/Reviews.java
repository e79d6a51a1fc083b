package dev.sallyport.server.assembly;

import dev.sallyport.config.ServerConfig;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.Subresource;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.pod.ObjectProxy;
import dev.sallyport.server.endpoint.pod.PodBinding;
import dev.sallyport.server.endpoint.pod.PodEviction;
import dev.sallyport.server.endpoint.pod.PodStreams;
import dev.sallyport.server.endpoint.pod.StoredObjects;
import dev.sallyport.server.endpoint.resource.ComponentStatuses;
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

/**
 * What is answered on the spot rather than stored: reviews, tokens for service accounts, what is
 * done with pods.
 */
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
    reviews.pods(
        new StoredObjects(backend.registry(), backend.catalogue(), backend.codec()), clock);
    reviews.endpoints.put(new Special("", "componentstatuses", ""), new ComponentStatuses(writer));
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
    below("serviceaccounts", "serviceaccount", "token", review);
  }

  /** What is done with pods, and the ways into them. */
  private void pods(StoredObjects objects, Clock clock) {
    PodBinding binding = new PodBinding(objects, clock);
    add("", "bindings", binding);
    below("pods", "pod", "binding", binding);
    below("pods", "pod", "eviction", new PodEviction(objects, clock));
    PodStreams streams = new PodStreams(objects);
    for (String way : List.of("attach", "exec", "log", "portforward")) {
      endpoints.put(new Special("", "pods", way), streams);
    }
    ObjectProxy proxy = new ObjectProxy(objects);
    for (String plural : List.of("nodes", "pods", "services")) {
      endpoints.put(new Special("", plural, "proxy"), proxy);
    }
  }

  /** What is asked below an object of the core group. */
  private void below(String plural, String singular, String subresource, Review review) {
    ResourceDefinition parent = backend.catalogue().find("", "v1", plural);
    Subresource below = parent == null ? null : parent.subresource(subresource);
    if (below == null) {
      throw new IllegalStateException(plural + "/" + subresource + " is not served");
    }
    GroupVersionKind kind = below.kind();
    ResourceDefinition asked =
        new ResourceDefinition(
            kind,
            plural,
            singular,
            List.of(),
            List.of(),
            true,
            below.verbs(),
            "",
            kind,
            "",
            List.of(),
            List.of());
    endpoints.put(new Special("", plural, subresource), endpoint(asked, review));
  }

  private Endpoint endpoint(ResourceDefinition resource, Review review) {
    return new ReviewEndpoint(resource, backend.codec(), writer, review);
  }
}
