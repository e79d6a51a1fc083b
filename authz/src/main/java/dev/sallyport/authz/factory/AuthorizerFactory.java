package dev.sallyport.authz.factory;

import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.RuleResolver;
import dev.sallyport.authz.SightSource;
import dev.sallyport.authz.rbac.RbacIndex;
import dev.sallyport.config.AuthorizationConfig;
import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Path;

/** Makes the second door: system:masters first, then the configured authorizers in their order. */
public final class AuthorizerFactory {

  private AuthorizerFactory() {}

  /**
   * @param authorizer judges requests and reviews
   * @param rules tells users what they may do
   * @param sights tells what lists across namespaces may show those who may not see all
   */
  public record Authorization(Authorizer authorizer, RuleResolver rules, SightSource sights) {}

  /**
   * @param index what RBAC judges by; nobody asks it without that mode
   * @param watcher reads the files again that the configuration names
   * @throws ConfigException when one of them is at fault
   */
  public static Authorization create(
      AuthorizationConfig config, RbacIndex index, FileWatcher watcher, Webhooks webhooks) {
    if (config.file().isPresent()) {
      return fromFile(config.file().get(), index, watcher, webhooks);
    }
    AuthorizerChain chain = new AuthorizerChain(index);
    for (AuthorizationMode mode : config.modes()) {
      if (mode == AuthorizationMode.WEBHOOK) {
        chain.addWebhook(webhook(config.webhook().orElseThrow(), watcher, webhooks));
      } else {
        chain.add(mode);
      }
    }
    return chain.build();
  }

  /**
   * Looks into an AuthorizationConfiguration and the files that it names.
   *
   * @throws InvalidFileException with everything that is wrong with them
   */
  public static void check(Path file) throws InvalidFileException {
    ConfiguredAuthorizers.check(file);
  }

  private static Authorization fromFile(
      Path file, RbacIndex index, FileWatcher watcher, Webhooks webhooks) {
    try {
      return new ConfiguredAuthorizers(index, webhooks).follow(file, watcher);
    } catch (InvalidFileException e) {
      throw fault("--authorization-config", e, "an AuthorizationConfiguration");
    }
  }

  private static Authorizer webhook(
      WebhookAuthorizerConfig config, FileWatcher watcher, Webhooks webhooks) {
    try {
      return webhooks.create(config, Kubeconfig.watch(config.kubeconfig(), watcher)).authorizer();
    } catch (InvalidFileException e) {
      throw fault("--authorization-webhook-config-file", e, "a kubeconfig file of a webhook");
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException(e); // the flags give no conditions
    }
  }

  private static ConfigException fault(String flag, InvalidFileException e, String expected) {
    return new ConfigException(new Fault(flag, e.file().toString(), expected + ": " + e.fault()));
  }
}
