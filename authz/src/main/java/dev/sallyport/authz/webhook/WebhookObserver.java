package dev.sallyport.authz.webhook;

/** Hears how webhooks are asked, for metrics. Called from any thread; never blocks or throws. */
public interface WebhookObserver {

  /** How an evaluation ended. */
  enum Outcome {
    SUCCESS,
    TIMEOUT,
    CANCELED,
    ERROR
  }

  /** The webhook was asked. */
  void evaluated(String authorizer, Outcome outcome, long nanos);

  /** It failed and the next authorizer was asked, as its failurePolicy NoOpinion wants it. */
  void failedOpen(String authorizer, Outcome outcome);

  /** Its conditions said that it is not to be asked. */
  void excluded(String authorizer);

  /** One of its conditions could not be evaluated. */
  void conditionFailed(String authorizer);

  /** The configuration was read again, or could not be. */
  void reloaded(boolean success);

  /** Hears nothing. */
  WebhookObserver NONE =
      new WebhookObserver() {
        @Override
        public void evaluated(String authorizer, Outcome outcome, long nanos) {}

        @Override
        public void failedOpen(String authorizer, Outcome outcome) {}

        @Override
        public void excluded(String authorizer) {}

        @Override
        public void conditionFailed(String authorizer) {}

        @Override
        public void reloaded(boolean success) {}
      };
}
