package dev.sallyport.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Whose {@link Credentials} a parameter of a {@link SallyportTest} shall be. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface User {

  String name();

  String[] groups() default {};

  /** ClusterRoles that the user is granted, everywhere. */
  String[] clusterRoles() default {};
}
