package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.token.serviceaccount.BoundObject;
import dev.sallyport.authn.token.serviceaccount.IssuedToken;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.authn.token.serviceaccount.TokenSpec;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.review.Review;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Issues a token for a service account: POST to its subresource {@code token}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/">TokenRequest</a>
 */
public final class TokenRequest implements Review {

  /** What kubelets ask for when they mean "an hour, but old clients never ask again". */
  private static final long SECONDS_OF_OLD_CLIENTS = 3607;

  private static final String ISSUED = "authentication.kubernetes.io/issued-credential-id";
  private static final Duration LIFE_FOR_OLD_CLIENTS = Duration.ofDays(365);

  private final TokenSubjects subjects;
  private final ServiceAccountTokenIssuer issuer;
  private final ServiceAccountConfig config;
  private final Audiences apiAudiences;
  private final Clock clock;
  private final Executor executor;

  /**
   * @param executor where tokens are signed
   */
  public TokenRequest(
      TokenSubjects subjects,
      ServiceAccountTokenIssuer issuer,
      ServiceAccountConfig config,
      Audiences apiAudiences,
      Clock clock,
      Executor executor) {
    this.subjects = subjects;
    this.issuer = issuer;
    this.config = config;
    this.apiAudiences = apiAudiences;
    this.clock = clock;
    this.executor = executor;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode request) {
    String namespace = context.info().namespace();
    String name = context.info().name();
    checkName(request, name);
    return subjects
        .get("serviceaccounts", namespace, name)
        .then(
            account -> {
              BoundObject found = TokenBinding.object(account);
              checkUid(request, found);
              TokenRequestSpec spec = TokenRequestSpec.of(request, apiAudiences.names());
              spec.check();
              return binding(spec, namespace, name)
                  .then(
                      binding -> issue(context, request, limited(spec), namespace, found, binding));
            });
  }

  @Override
  public List<String> warnings(ObjectNode request) {
    long asked = TokenRequestSpec.of(request, apiAudiences.names()).seconds();
    long limit = config.maxTokenExpiration().toSeconds();
    return limit == 0 || asked <= limit
        ? List.of()
        : List.of(
            "requested expiration of " + asked + " seconds shortened to " + limit + " seconds");
  }

  private Answer<TokenBinding> binding(TokenRequestSpec spec, String namespace, String account) {
    return spec.isBound()
        ? TokenBinding.find(subjects, namespace, account, spec.bound())
        : Answer.now(TokenBinding.NONE);
  }

  private TokenRequestSpec limited(TokenRequestSpec spec) {
    long limit = config.maxTokenExpiration().toSeconds();
    return limit == 0 ? spec : spec.atMost(limit);
  }

  /** By its id the audit log finds every use of the token. */
  private static void note(@Nullable AuditEntry audit, IssuedToken issued) {
    if (audit != null) {
      audit.annotate(ISSUED, "JTI=" + issued.id());
    }
  }

  private Answer<ObjectNode> issue(
      RequestContext context,
      ObjectNode request,
      TokenRequestSpec spec,
      String namespace,
      BoundObject account,
      TokenBinding binding) {
    Duration asked = Duration.ofSeconds(spec.seconds());
    boolean longer = extended(spec, binding);
    TokenSpec token =
        new TokenSpec(
            namespace,
            account,
            spec.audiences(),
            longer ? LIFE_FOR_OLD_CLIENTS : asked,
            binding.pod(),
            binding.secret(),
            binding.node(),
            longer ? Optional.of(asked) : Optional.empty());
    Instant now = clock.instant();
    return Answer.later(
        CompletableFuture.supplyAsync(() -> issuer.issue(token), executor)
            .thenApply(
                issued -> {
                  note(context.audit(), issued);
                  return answer(request, spec, namespace, account, now, issued);
                }));
  }

  /** An hour becomes a year for clients that never look at a token again once they have it. */
  private boolean extended(TokenRequestSpec spec, TokenBinding binding) {
    return config.extendTokenExpiration()
        && binding.pod().isPresent()
        && spec.seconds() == SECONDS_OF_OLD_CLIENTS
        && apiAudiences.names().containsAll(spec.audiences());
  }

  private static ObjectNode answer(
      ObjectNode request,
      TokenRequestSpec spec,
      String namespace,
      BoundObject account,
      Instant now,
      IssuedToken issued) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("name", account.name()).put("namespace", namespace).put("uid", account.uid());
    metadata.put("creationTimestamp", AnsweredReview.timestamp(now));
    ObjectNode answer = spec.write(AnsweredReview.of(request, metadata));
    answer
        .putObject("status")
        .put("token", issued.token())
        .put("expirationTimestamp", AnsweredReview.timestamp(now.plusSeconds(spec.seconds())));
    return answer;
  }

  private static void checkName(ObjectNode request, String name) {
    String sent = request.path("metadata").path("name").asText();
    if (!sent.isEmpty() && !sent.equals(name)) {
      StatusCause cause =
          new StatusCause(
              "FieldValueInvalid",
              "Invalid value: \"" + sent + "\": must match the service account name if specified",
              "metadata.name");
      throw new StatusException(
          Status.invalid("authentication.k8s.io", "TokenRequest", name, List.of(cause)));
    }
  }

  private static void checkUid(ObjectNode request, BoundObject account) {
    JsonNode uid = request.path("metadata").path("uid");
    if (uid.isTextual() && !uid.asText().isEmpty() && !uid.asText().equals(account.uid())) {
      throw new StatusException(
          Status.conflict(
              "",
              "serviceaccounts",
              account.name(),
              "the UID in the token request ("
                  + uid.asText()
                  + ") does not match the UID of the service account ("
                  + account.uid()
                  + ")"));
    }
  }
}
