package dev.sallyport.audit;

import dev.sallyport.api.RequestInfo;
import java.util.List;

/**
 * What is known about a request when it arrives; all its events share it. Immutable.
 *
 * @param auditId the id that answers and log lines carry too
 * @param receivedMicros when it arrived, in microseconds since 1970
 * @param uri path and query as they were sent
 * @param userAgent "" without one; cut already
 * @param sourceAddresses what proxies and the client claim, nearest last; the last one is the peer
 *     of the connection and the only one to trust
 */
public record AuditedRequest(
    String auditId,
    long receivedMicros,
    String uri,
    RequestInfo info,
    String userAgent,
    List<String> sourceAddresses) {

  public AuditedRequest {
    sourceAddresses = List.copyOf(sourceAddresses);
  }
}
