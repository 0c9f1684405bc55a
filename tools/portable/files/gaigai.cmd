@echo off
setlocal
rem 6.1 is Windows 7, 6.3 is 8.1; a Windows of 32 bits says x86 in one of these and nothing in the other
for /f "delims=" %%v in ('ver') do set "GAIGAI_VER=%%v"
set GAIGAI_OLD=
if not "%GAIGAI_VER: 5.=%"=="%GAIGAI_VER%" set GAIGAI_OLD=1
if not "%GAIGAI_VER: 6.=%"=="%GAIGAI_VER%" set GAIGAI_OLD=1
if "%PROCESSOR_ARCHITECTURE%%PROCESSOR_ARCHITEW6432%"=="x86" set GAIGAI_OLD=1
if defined GAIGAI_OLD (
  echo 本程序需要 Windows 10 或更新的版本（64 位），不能在这台电脑上运行。
  exit /b 3
)
"%~dp0python\python.exe" -B -m gaigai_cli %*
