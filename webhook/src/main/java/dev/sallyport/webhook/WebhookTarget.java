package dev.sallyport.webhook;

import java.net.URI;
import java.util.Optional;

/**
 * Whom a kubeconfig file points to, and how to speak to them.
 *
 * @param url the server, with its path if it has one
 * @param peer how both sides prove who they are
 * @param authorization the Authorization header's value, from a token or a name and password
 */
public record WebhookTarget(URI url, TlsPeer peer, Optional<Secret> authorization) {

  /**
   * The same server, spoken to at a path below the target's own.
   *
   * @param path begins with a slash
   */
  public WebhookTarget below(String path) {
    String base = url.toString();
    String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return new WebhookTarget(URI.create(start + path), peer, authorization);
  }
}
