package dev.sallyport.api;

import java.io.Serial;

/**
 * Carries a {@link Status} to the one place that answers it. It is an answer, not a defect: it has
 * no stack trace and costs no more than an object.
 */
public final class StatusException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Status status;

  public StatusException(Status status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  public Status status() {
    return status;
  }
}
