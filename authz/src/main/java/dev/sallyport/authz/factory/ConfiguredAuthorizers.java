package dev.sallyport.authz.factory;

import dev.sallyport.authz.SightSource;
import dev.sallyport.authz.configuration.AuthorizationConfiguration;
import dev.sallyport.authz.configuration.AuthorizerEntry;
import dev.sallyport.authz.factory.AuthorizerFactory.Authorization;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.authz.rbac.RbacSights;
import dev.sallyport.authz.webhook.MatchConditions;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.webhook.WebhookTarget;
import dev.sallyport.webhook.kubeconfig.FileSource;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import dev.sallyport.webhook.post.WebhookClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The authorizers of an AuthorizationConfiguration, made anew when it or a file that it names has
 * changed. Requests under way end with the authorizers they began with.
 */
final class ConfiguredAuthorizers {

  /** One state of the files. */
  private record State(Authorization authorization, List<WebhookClient> clients) {}

  private final RbacIndex index;
  private final RbacSights sights;
  private final Webhooks webhooks;
  private List<WebhookClient> inUse = List.of(); // for the watcher's thread
  private boolean started;

  ConfiguredAuthorizers(RbacIndex index, Webhooks webhooks) {
    this.index = index;
    this.sights = new RbacSights(index);
    this.webhooks = webhooks;
  }

  Authorization follow(Path file, FileWatcher watcher) throws InvalidFileException {
    Watched<State> states =
        watcher.watchFollowing(file, ConfiguredAuthorizers::references, this::next);
    inUse = states.current().clients();
    started = true;
    states.onChange(this::replaced);
    return new Authorization(
        attributes -> states.current().authorization().authorizer().authorize(attributes),
        (user, namespace) -> states.current().authorization().rules().rulesFor(user, namespace),
        sights.onlyWhere(() -> states.current().authorization().sights() != SightSource.NONE));
  }

  private void replaced(State next) {
    inUse.forEach(WebhookClient::close);
    inUse = next.clients();
    sights.reconsider();
    webhooks.observer().reloaded(true);
  }

  static void check(Path file) throws InvalidFileException {
    var unused = Read.of(FileContent.read(file), FileContent::read);
  }

  private State next(List<FileContent> files) throws InvalidFileException {
    try {
      return state(files.get(0).file(), Read.of(files.get(0), FileSource.of(files)));
    } catch (InvalidFileException e) {
      if (started) {
        webhooks.observer().reloaded(false);
      }
      throw e;
    }
  }

  private State state(Path file, Read read) throws InvalidFileException {
    AuthorizerChain chain = new AuthorizerChain(index);
    List<WebhookClient> clients = new ArrayList<>();
    for (AuthorizerEntry entry : read.entries()) {
      if (entry.webhook().isEmpty()) {
        chain.add(entry.type());
        continue;
      }
      WebhookAuthorizerConfig config = entry.webhook().get();
      Webhooks.Hook hook = hook(file, config, read.target(config));
      chain.addWebhook(hook.authorizer());
      clients.add(hook.client());
    }
    return new State(chain.build(), clients);
  }

  private Webhooks.Hook hook(Path file, WebhookAuthorizerConfig config, WebhookTarget target)
      throws InvalidFileException {
    try {
      return webhooks.create(config, Watched.fixed(target));
    } catch (InvalidExpressionException e) {
      throw new InvalidFileException(file, e.fault(), e); // found before, by Read
    }
  }

  /** The files that the configuration leads to; what is wrong with them is told when it is read. */
  private static List<Path> references(FileContent file) throws InvalidFileException {
    List<Path> all = new ArrayList<>();
    for (Path kubeconfig : AuthorizationConfiguration.kubeconfigs(file)) {
      all.add(kubeconfig);
      try {
        all.addAll(Kubeconfig.files(FileContent.read(kubeconfig)));
      } catch (InvalidFileException e) {
        continue; // reading it will say so
      }
    }
    return all;
  }

  /** The configuration and where its webhooks are. */
  private record Read(List<AuthorizerEntry> entries, Map<Path, WebhookTarget> targets) {

    WebhookTarget target(WebhookAuthorizerConfig config) {
      return Objects.requireNonNull(targets.get(config.kubeconfig()), "not read");
    }

    static Read of(FileContent file, FileSource files) throws InvalidFileException {
      List<AuthorizerEntry> entries =
          AuthorizationConfiguration.read(file, ConfiguredAuthorizers::conditionFault);
      Map<Path, WebhookTarget> targets = new LinkedHashMap<>();
      List<String> faults = new ArrayList<>();
      for (AuthorizerEntry entry : entries) {
        if (entry.webhook().isPresent()) {
          Path kubeconfig = entry.webhook().get().kubeconfig();
          try {
            targets.put(kubeconfig, Kubeconfig.parse(files.get(kubeconfig), files));
          } catch (InvalidFileException e) {
            faults.add(String.valueOf(e.getMessage()));
          }
        }
      }
      if (!faults.isEmpty()) {
        throw new InvalidFileException(file.file(), faults);
      }
      return new Read(entries, targets);
    }
  }

  private static Optional<String> conditionFault(String expression) {
    try {
      var unused = MatchConditions.of(List.of(expression));
      return Optional.empty();
    } catch (InvalidExpressionException e) {
      return Optional.of(e.fault());
    }
  }
}
