package dev.sallyport.authn.token.webhook;

import dev.sallyport.config.ReviewVersion;
import dev.sallyport.webhook.WebhookTarget;
import java.time.Duration;

/**
 * A webhook that is asked about some tokens only. Equal ones are asked the same way.
 *
 * @param version of the TokenReview it is asked with
 * @param cacheTtl how long its answers hold; zero: not at all
 * @param match the tokens it is asked about
 */
public record RoutedWebhook(
    WebhookTarget target, ReviewVersion version, Duration cacheTtl, TokenMatch match) {}
