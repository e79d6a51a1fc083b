package dev.sallyport.authz.configuration;

import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.WebhookAuthorizerConfig;
import java.util.Optional;

/**
 * One authorizer of the configuration.
 *
 * @param webhook there exactly for type Webhook
 */
public record AuthorizerEntry(
    AuthorizationMode type, String name, Optional<WebhookAuthorizerConfig> webhook) {}
