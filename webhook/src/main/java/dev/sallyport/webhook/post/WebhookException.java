package dev.sallyport.webhook.post;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A webhook gave no answer of use. The message is one line, in the words that kube-apiserver's
 * clients know, and holds no credential.
 */
public final class WebhookException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What it comes to, as metrics name it. */
  public enum Kind {
    TIMEOUT,
    CANCELED,
    ERROR
  }

  private final Kind kind;
  private final boolean transientFault;

  WebhookException(Kind kind, boolean transientFault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.transientFault = transientFault;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether another call may well succeed. */
  boolean isTransient() {
    return transientFault;
  }
}
