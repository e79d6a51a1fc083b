package dev.sallyport.proxy.streams.recording;

import dev.sallyport.api.UserInfo;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param auditId what audit events and log lines of the request say too
 * @param user whom the request acts as
 * @param impersonator who acts as the user, or null
 * @param clientAddress the client's IP address as text
 */
public record SessionFacts(
    String auditId, UserInfo user, @Nullable UserInfo impersonator, String clientAddress) {}
