@echo off
rem Patchbay from its sources on Windows: finds a JDK 25, builds, runs the command.
setlocal EnableDelayedExpansion
set "HERE=%~dp0"
set "FOUND="
if defined JAVA_HOME call :check "%JAVA_HOME%"
if not defined FOUND for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do if not defined FOUND call :check "%%~d"
if not defined FOUND (
  echo Patchbay needs a JDK 25: install one ^(for example Eclipse Temurin 25^) or point JAVA_HOME at it, then run this again. 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"
set "CMD=%~1"
if "%CMD%"=="" goto :usage
if "%CMD%"=="--help" goto :usage
if "%CMD%"=="test" (
  cd /d "%HERE%"
  call mvnw.cmd verify
  exit /b !ERRORLEVEL!
)
pushd "%HERE%"
call mvnw.cmd -q -Dfast -DskipTests -Dmaven.test.skip=true -pl shared-model,app-server,app-desktop package || (popd & exit /b 1)
popd
set "LIB=%HERE%app-desktop\target"
rem The same options as in patchbay, which says why.
set "OPTIONS=-Xms32m -Xmx512m -XX:+UseSerialGC -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -XX:SoftRefLRUPolicyMSPerMB=1 -XX:TieredStopAtLevel=1"
set "SERVER=-Xmx112m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:NewRatio=5 -Djava.awt.headless=true"
if "%CMD%"=="server" set "OPTIONS=%SERVER%"
if "%CMD%"=="admin" set "OPTIONS=%SERVER%"
if "%CMD%"=="screenshots" set "OPTIONS=-Xmx3g -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"%JAVA_HOME%\bin\java" --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -Dfile.encoding=UTF-8 %OPTIONS% -cp "%LIB%\app-desktop-0.1.0.jar;%LIB%\lib\*" dev.patchbay.desktop.Main %*
exit /b %ERRORLEVEL%

:check
if not exist "%~1\release" exit /b
findstr /r /c:"JAVA_VERSION=.25[.\"]" "%~1\release" >nul && set "FOUND=%~1"
exit /b

:usage
echo patchbay demo ^| console ^| server ^| admin ^| screenshots DIR ^| test
if "%CMD%"=="" exit /b 2
exit /b 0
