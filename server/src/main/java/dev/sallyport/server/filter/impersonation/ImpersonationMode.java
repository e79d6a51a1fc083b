package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.UserInfo;

/** One way to be allowed to act as somebody else. */
interface ImpersonationMode {

  /**
   * @param wanted who is asked for, as the headers say it
   * @param asked who asks, and for what request
   */
  Answer<Impersonation> check(UserInfo wanted, Attributes asked);
}
