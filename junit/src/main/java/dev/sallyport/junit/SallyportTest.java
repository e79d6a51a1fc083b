package dev.sallyport.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a server of its own, which {@link org.junit.jupiter.api.Nested} classes share
 * and which ends with the class. Parameters of constructors and methods may be the {@link
 * Sallyport} and {@link Credentials}: those of the {@link User} they are annotated with, else the
 * administrator's. The first such parameter starts the server. Test classes may run in parallel.
 * Wants JUnit Jupiter 5.13 or newer.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SallyportExtension.class)
public @interface SallyportTest {

  /** As for {@link Sallyport#start}. */
  String[] flags() default {};

  /** Whether every test method has a fresh server instead. */
  boolean perMethod() default false;
}
