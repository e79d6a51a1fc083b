package dev.sallyport.authz.factory;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.SightSource;
import dev.sallyport.authz.rbac.RbacAuthorizer;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.rbac.RbacSights;
import dev.sallyport.authz.union.UnionAuthorizer;
import dev.sallyport.authz.upstream.UpstreamRoles;
import dev.sallyport.authz.webhook.MatchConditions;
import dev.sallyport.authz.webhook.WebhookAuthorizer;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.reload.RenewedValue;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.config.routes.RouteAuthorizationConfig;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.post.Backoff;
import dev.sallyport.webhook.post.Retry;
import dev.sallyport.webhook.post.Reviewer;
import dev.sallyport.webhook.post.WebhookClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes judges that go by what another cluster says, asked with a credential of ours. */
public final class UpstreamJudges {

  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  /** Beside the last call's own time. */
  private static final Duration PAUSES = Duration.ofSeconds(5);

  private static final Answer<AuthorizationResult> ALLOW =
      Answer.now(AuthorizationResult.allow(""));
  private static final Answer<AuthorizationResult> ABSTAIN =
      Answer.now(AuthorizationResult.NO_OPINION);

  private final Webhooks webhooks;

  public UpstreamJudges(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * Asks the cluster about each request that it has not answered lately.
   *
   * @param name for metrics
   */
  public RouteJudge reviewing(
      String name, RouteAuthorizationConfig config, Watched<WebhookTarget> cluster) {
    Watched<WebhookTarget> reviews = RenewedValue.derived(cluster, target -> target.below(REVIEWS));
    WebhookClient client =
        new WebhookClient(webhooks.connector(), reviews, Backoff.STANDARD, Retry.TRANSIENT);
    Reviewer reviewer = new Reviewer(client, config.timeout(), config.timeout().plus(PAUSES));
    return new RouteJudge(
        new WebhookAuthorizer(
            webhook(name, config),
            anything(),
            reviewer::ask,
            webhooks.clock(),
            webhooks.executor(),
            webhooks.observer()),
        () -> null,
        SightSource.NONE,
        null,
        client::close);
  }

  private static WebhookAuthorizerConfig webhook(String name, RouteAuthorizationConfig config) {
    return new WebhookAuthorizerConfig(
        name,
        Path.of(""),
        ReviewVersion.V1,
        config.authorizedTtl(),
        config.unauthorizedTtl(),
        config.timeout(),
        false,
        List.of());
  }

  private static MatchConditions anything() {
    try {
      return MatchConditions.of(List.of());
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException(e); // there is none
    }
  }

  /**
   * Decides by the cluster's own roles and bindings, and asks nobody.
   *
   * @param name for the log
   */
  public RouteJudge following(
      String name, RouteAuthorizationConfig config, Watched<WebhookTarget> cluster) {
    UpstreamRoles roles =
        new UpstreamRoles(
            name,
            webhooks.connector(),
            cluster,
            config.refuseAfter(),
            webhooks.clock(),
            webhooks.executor());
    RbacIndex index = new RbacIndex();
    index.follow(roles);
    Authorizer authorizer =
        new UnionAuthorizer(List.of(UpstreamJudges::masters, new RbacAuthorizer(index)));
    AtomicBoolean ended = new AtomicBoolean();
    RbacSights sights = new RbacSights(index).onlyWhere(() -> !ended.get());
    return new RouteJudge(
        authorizer,
        roles::unavailable,
        sights,
        roles::contact,
        () -> {
          roles.close();
          // Rights that nobody follows any more show nothing.
          ended.set(true);
          sights.reconsider();
        });
  }

  /** The cluster lets its masters do anything, whatever its roles say. */
  private static Answer<AuthorizationResult> masters(Attributes attributes) {
    return attributes.user().groups().contains(WellKnown.GROUP_MASTERS) ? ALLOW : ABSTAIN;
  }
}
