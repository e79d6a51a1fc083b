package dev.sallyport.audit.factory;

import dev.sallyport.audit.AuditObserver;
import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.AuditSink;
import dev.sallyport.audit.buffer.BufferedSink;
import dev.sallyport.audit.buffer.Losses;
import dev.sallyport.audit.buffer.UnionSink;
import dev.sallyport.audit.log.LogSinks;
import dev.sallyport.audit.policy.PolicyFile;
import dev.sallyport.audit.webhook.PostTarget;
import dev.sallyport.config.AuditConfig;
import dev.sallyport.config.AuditMode;
import dev.sallyport.config.AuditWebhookConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import dev.sallyport.webhook.post.Backoff;
import dev.sallyport.webhook.post.Retry;
import dev.sallyport.webhook.post.WebhookClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Opens the log, the webhook and the policy. */
public final class AuditFactory {

  private static final Duration PER_CALL = Duration.ofSeconds(30);

  /** More than five calls and the pauses between them. */
  private static final Duration ALL_CALLS = Duration.ofMinutes(10);

  /** A blocking webhook holds requests up: they get no longer than requests usually may take. */
  private static final Duration WHILE_REQUESTS_WAIT = Duration.ofSeconds(30);

  private final FileWatcher watcher;
  private final AuditObserver observer;
  private final Clock clock;
  private final Executor background;

  /**
   * @param background for work that may wait, such as packing rotated files
   */
  public AuditFactory(
      FileWatcher watcher, AuditObserver observer, Clock clock, Executor background) {
    this.watcher = watcher;
    this.observer = observer;
    this.clock = clock;
    this.background = background;
  }

  /**
   * @param policyFile what is written down
   * @throws InvalidFileException when the policy's, the log's or the webhook's file is at fault
   */
  public Audit open(Path policyFile, AuditConfig config, HttpsConnector connector)
      throws InvalidFileException {
    Watched<AuditPolicy> policy = watcher.watch(List.of(policyFile), PolicyFile::parse);
    List<AuditSink> sinks = new ArrayList<>();
    if (config.webhook().isPresent()) {
      sinks.add(webhook(config.webhook().get(), connector));
    }
    if (config.log().isPresent()) {
      sinks.add(LogSinks.open(config.log().get(), observer, clock, background));
    }
    return new Audit(policy::current, new UnionSink(sinks, observer));
  }

  private AuditSink webhook(AuditWebhookConfig config, HttpsConnector connector)
      throws InvalidFileException {
    WebhookClient client =
        new WebhookClient(
            connector,
            Kubeconfig.watch(config.kubeconfig(), watcher),
            Backoff.startingWith(config.initialBackoff()),
            Retry.ALWAYS);
    Duration whole = config.mode() == AuditMode.BATCH ? ALL_CALLS : WHILE_REQUESTS_WAIT;
    PostTarget target =
        new PostTarget(
            document -> client.post(document, PER_CALL, whole),
            config.truncation(),
            new Losses("webhook", observer));
    return new BufferedSink(
        "audit-webhook",
        config.mode(),
        config.batch(),
        Duration.ZERO,
        target,
        new Losses("buffer", observer));
  }
}
