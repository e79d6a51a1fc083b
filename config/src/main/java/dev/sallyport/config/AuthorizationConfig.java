package dev.sallyport.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * The second door: may you do this.
 *
 * @param modes the authorizers, asked in this order; the first to allow or deny decides
 * @param webhook whom the Webhook mode asks; there exactly if that mode is
 * @param file an AuthorizationConfiguration that names the authorizers instead of the modes; read
 *     again when it changes
 * @param rbacFile a YAML file (or folder of them) with roles and bindings to use instead of the
 *     store's
 * @param filterLists whether every binding, and not only those with the label for it, shows its
 *     part of lists across namespaces
 */
public record AuthorizationConfig(
    List<AuthorizationMode> modes,
    Optional<WebhookAuthorizerConfig> webhook,
    Optional<Path> file,
    Optional<Path> rbacFile,
    boolean filterLists) {

  private static final String MODE = "--authorization-mode";
  private static final String WEBHOOK_FILE = "--authorization-webhook-config-file";

  public AuthorizationConfig {
    modes = List.copyOf(modes);
    Faults faults = new Faults();
    faults.check(!modes.isEmpty(), MODE, "", "at least one mode");
    faults.check(
        modes.isEmpty() || EnumSet.copyOf(modes).size() == modes.size(),
        MODE,
        String.join(",", modes.stream().map(AuthorizationMode::flagValue).toList()),
        "each mode once");
    if (rbacFile.isPresent() && file.isEmpty()) {
      faults.check(
          modes.contains(AuthorizationMode.RBAC),
          "--rbac-file",
          rbacFile.get(),
          MODE + " with RBAC");
    }
    checkWebhook(modes, webhook, faults);
    faults.throwIfAny();
  }

  /** Lists are filtered by bindings with the label only. */
  public AuthorizationConfig(
      List<AuthorizationMode> modes,
      Optional<WebhookAuthorizerConfig> webhook,
      Optional<Path> file,
      Optional<Path> rbacFile) {
    this(modes, webhook, file, rbacFile, false);
  }

  private static void checkWebhook(
      List<AuthorizationMode> modes, Optional<WebhookAuthorizerConfig> webhook, Faults faults) {
    boolean wanted = modes.contains(AuthorizationMode.WEBHOOK);
    faults.check(
        !wanted || webhook.isPresent(), WEBHOOK_FILE, "", "a kubeconfig file for mode Webhook");
    webhook.ifPresent(
        given -> {
          faults.check(wanted, WEBHOOK_FILE, given.kubeconfig(), MODE + " with Webhook");
          faults.check(
              !given.authorizedTtl().isNegative(),
              "--authorization-webhook-cache-authorized-ttl",
              given.authorizedTtl(),
              "a time of zero or more");
          faults.check(
              !given.unauthorizedTtl().isNegative(),
              "--authorization-webhook-cache-unauthorized-ttl",
              given.unauthorizedTtl(),
              "a time of zero or more");
        });
  }
}
