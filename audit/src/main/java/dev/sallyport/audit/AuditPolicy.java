package dev.sallyport.audit;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import org.jspecify.annotations.Nullable;

/** Says how much of which request is written down. Immutable; any thread; never blocks. */
public interface AuditPolicy {

  /**
   * @param user who authenticated, not whom they impersonate; null when nobody did
   */
  Judgement judge(@Nullable UserInfo user, RequestInfo request);
}
